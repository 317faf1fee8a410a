package io.agentrouter.qa.document;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** PDF: the text of each page, under the heading {@code page N}. */
final class Pdf implements DocumentParser {

    private static final String PARAGRAPH_END = "\n\n";
    private static final Pattern HYPHENATED = Pattern.compile("(\\p{L})-\\R(\\p{Ll})");
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");
    /** Bounds what a small file may unfold to: kept in memory, and in all with the scratch file. */
    private static final long MEMORY = 8L << 20;

    private static final long SCRATCH = 128L << 20;

    private final DocumentLimits limits;

    Pdf(DocumentLimits limits) {
        this.limits = limits;
    }

    @Override
    public List<Section> parse(Path file) throws IOException {
        try (PDDocument document =
                Loader.loadPDF(file.toFile(), MemoryUsageSetting.setupMixed(MEMORY, SCRATCH).streamCache)) {
            SectionCollector collector = new SectionCollector();
            BoundedWriter text = new BoundedWriter(limits);
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                collector.heading(1, "page " + page);
                for (String paragraph : page(document, page, text).split(PARAGRAPH_END, -1)) {
                    String joined = HYPHENATED.matcher(paragraph).replaceAll("$1$2");
                    collector.block(LINE_BREAK.matcher(joined).replaceAll(" "));
                }
            }
            return collector.sections();
        } catch (InvalidPasswordException e) {
            throw new IOException("encrypted with a password", e);
        }
    }

    private static String page(PDDocument document, int page, BoundedWriter text) throws IOException {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setSortByPosition(true);
        stripper.setParagraphEnd(PARAGRAPH_END);
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        stripper.writeText(document, text);
        return text.take();
    }

    /** Ends the reading of a file that gives too much text or takes too long. */
    private static final class BoundedWriter extends Writer {

        private final StringWriter page = new StringWriter();
        private final long deadline;
        private final DocumentLimits limits;
        private long left;

        BoundedWriter(DocumentLimits limits) {
            this.limits = limits;
            this.left = limits.maxCharacters();
            this.deadline = System.nanoTime() + limits.parseTimeout().toNanos();
        }

        @Override
        public void write(char[] buffer, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException("more than " + limits.maxCharacters() + " characters of text");
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "took longer than " + limits.parseTimeout().toSeconds() + " s to read");
            }
            page.write(buffer, offset, length);
        }

        String take() {
            String text = page.toString();
            page.getBuffer().setLength(0);
            return text;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
