package io.agentrouter.qa.index;

import java.io.IOException;
import java.util.Map;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.SegmentInfoFormat;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;

/** Lucene's own format without the moment and the machine of its making, so that the same documents give the same jar. */
final class UndatedCodec extends FilterCodec {

    UndatedCodec() {
        super(Codec.getDefault().getName(), Codec.getDefault());
    }

    @Override
    public SegmentInfoFormat segmentInfoFormat() {
        SegmentInfoFormat format = delegate.segmentInfoFormat();
        return new SegmentInfoFormat() {
            @Override
            public SegmentInfo read(Directory directory, String segment, byte[] id, IOContext context)
                    throws IOException {
                return format.read(directory, segment, id, context);
            }

            @Override
            public void write(Directory directory, SegmentInfo info, IOContext context) throws IOException {
                SegmentInfo undated = withoutDiagnostics(info);
                format.write(directory, undated, context);
                info.setFiles(undated.files());
            }
        };
    }

    private static SegmentInfo withoutDiagnostics(SegmentInfo info) {
        SegmentInfo copy = new SegmentInfo(
                info.dir,
                info.getVersion(),
                info.getMinVersion(),
                info.name,
                info.maxDoc(),
                info.getUseCompoundFile(),
                info.getHasBlocks(),
                info.getCodec(),
                Map.of(),
                info.getId(),
                info.getAttributes(),
                info.getIndexSort());
        copy.setFiles(info.files());
        return copy;
    }
}
