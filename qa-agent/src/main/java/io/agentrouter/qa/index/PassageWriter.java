package io.agentrouter.qa.index;

import io.agentrouter.qa.document.Passage;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;

/** Writes a new index from its first passage to its commit, with vectors of an index before it where the words are the same. */
final class PassageWriter implements Closeable {

    private static final double BUFFER_MEGABYTES = 16;

    private final IndexWriter writer;
    private final Embedder embedder;
    private final KnownPassages known;

    PassageWriter(Directory target, Embedder embedder, KnownPassages known) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(Words.ANALYZER)
                .setCodec(new UndatedCodec())
                .setMergeScheduler(new SerialMergeScheduler())
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                .setCommitOnClose(false);
        this.writer = new IndexWriter(target, config);
        this.embedder = embedder;
        this.known = known;
    }

    void add(Passage passage) throws IOException {
        String key = Fields.key(passage);
        Document document = new Document();
        document.add(new StringField(Fields.SOURCE, passage.source(), Store.YES));
        document.add(new TextField(Fields.HEADING, passage.heading(), Store.YES));
        document.add(new TextField(Fields.TEXT, passage.text(), Store.YES));
        document.add(new StringField(Fields.KEY, key, Store.NO));
        document.add(
                new KnnFloatVectorField(Fields.VECTOR, vector(key, passage), VectorSimilarityFunction.DOT_PRODUCT));
        writer.addDocument(document);
    }

    /** Makes the index whole, in one segment; nothing is added after it. */
    void commit(Map<String, String> notes) throws IOException {
        writer.forceMerge(1);
        writer.setLiveCommitData(notes.entrySet());
        writer.commit();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private float[] vector(String key, Passage passage) throws IOException {
        Optional<float[]> vector = known.vector(key);
        return vector.isPresent() ? vector.get() : embedder.embed(passage.withHeading());
    }
}
