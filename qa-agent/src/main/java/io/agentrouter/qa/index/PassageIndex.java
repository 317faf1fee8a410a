package io.agentrouter.qa.index;

import io.agentrouter.qa.document.Passage;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.QueryBuilder;

/**
 * An index that no longer changes, searched by word (BM25) and by meaning (HNSW) at once. The two rankings are joined by
 * reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009), which needs no common scale for their scores.
 */
public final class PassageIndex implements Closeable {

    /** The constant of the paper. */
    private static final int RRF_K = 60;
    /** How deep each ranking is read before they are joined. */
    private static final int DEPTH = 30;
    /** A word in a heading says less about a passage than a word in its text. */
    private static final float HEADING_BOOST = 0.5f;

    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    private PassageIndex(DirectoryReader reader) {
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
    }

    /** Opens what {@link PassageWriter} committed. */
    public static PassageIndex open(Directory directory) throws IOException {
        return new PassageIndex(DirectoryReader.open(directory));
    }

    /**
     * Opens what {@link PassageWriter} committed.
     *
     * @param whenClosed done once, when the last search has ended after the index was closed
     */
    static PassageIndex open(Directory directory, Closeable whenClosed) throws IOException {
        PassageIndex index = open(directory);
        index.reader.getReaderCacheHelper().addClosedListener(key -> whenClosed.close());
        return index;
    }

    /**
     * The best passages, best first.
     *
     * @param words the question, as text
     * @param meaning the question, as a vector of length 1
     */
    public List<Hit> search(String words, float[] meaning, int limit) throws IOException {
        if (size() == 0) {
            return List.of();
        }
        TopDocs byWord = searcher.search(wordQuery(words), DEPTH);
        TopDocs byMeaning = searcher.search(new KnnFloatVectorQuery(Fields.VECTOR, meaning, DEPTH), DEPTH);
        List<Hit> hits = new ArrayList<>();
        StoredFields stored = searcher.storedFields();
        for (ScoreDoc found : TopDocs.rrf(limit, RRF_K, new TopDocs[] {byWord, byMeaning}).scoreDocs) {
            hits.add(new Hit(passage(stored.document(found.doc)), found.score));
        }
        return hits;
    }

    /** How much a word, as {@link Words} gives it, tells passages apart: 0 in all of them, most when it is in none. */
    public double rarity(String stem) throws IOException {
        int with = reader.docFreq(new Term(Fields.TEXT, stem));
        return Math.log((size() + 1.0) / (with + 0.5));
    }

    /** The number of passages. */
    public int size() {
        return reader.numDocs();
    }

    /** What the writer noted with its commit. */
    Map<String, String> notes() throws IOException {
        return reader.getIndexCommit().getUserData();
    }

    /** The passages of a file, in its order. */
    List<Passage> passages(String source) throws IOException {
        List<Passage> passages = new ArrayList<>();
        StoredFields stored = searcher.storedFields();
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum postings = leaf.reader().postings(new Term(Fields.SOURCE, source), PostingsEnum.NONE);
            while (postings != null && postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                passages.add(passage(stored.document(leaf.docBase + postings.docID())));
            }
        }
        return passages;
    }

    /** The vector of a passage that stands in this index in the same words, so that it need not be embedded again. */
    Optional<float[]> vector(String key) throws IOException {
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum postings = leaf.reader().postings(new Term(Fields.KEY, key), PostingsEnum.NONE);
            FloatVectorValues vectors = leaf.reader().getFloatVectorValues(Fields.VECTOR);
            if (postings != null && vectors != null) {
                KnnVectorValues.DocIndexIterator position = vectors.iterator();
                if (position.advance(postings.nextDoc()) != DocIdSetIterator.NO_MORE_DOCS) {
                    return Optional.of(vectors.vectorValue(position.index()).clone());
                }
            }
        }
        return Optional.empty();
    }

    /** Takes part in the index; false if it was closed already. Each true is followed by one {@link #close}. */
    boolean retain() {
        return reader.tryIncRef();
    }

    @Override
    public void close() throws IOException {
        reader.decRef();
    }

    private static Query wordQuery(String words) {
        QueryBuilder builder = new QueryBuilder(Words.ANALYZER);
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        Query inText = builder.createBooleanQuery(Fields.TEXT, words);
        Query inHeading = builder.createBooleanQuery(Fields.HEADING, words);
        if (inText != null && inHeading != null) {
            query.add(inText, Occur.SHOULD);
            query.add(new BoostQuery(inHeading, HEADING_BOOST), Occur.SHOULD);
        }
        return query.build();
    }

    private static Passage passage(Document document) {
        return new Passage(document.get(Fields.SOURCE), document.get(Fields.HEADING), document.get(Fields.TEXT));
    }
}
