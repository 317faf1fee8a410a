package io.agentrouter.qa.document;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Reads documents into passages. */
public final class DocumentReader {

    private final DocumentLimits limits;
    private final Splitter splitter;

    public DocumentReader(DocumentLimits limits) {
        this.limits = limits;
        this.splitter = new Splitter(limits.passageLength());
    }

    /**
     * The passages of one document, in order.
     *
     * @throws IOException if it cannot be read; the message says why in a few words, without the path
     */
    public List<Passage> read(DocumentFile file) throws IOException {
        Format format = Format.of(file.name()).orElseThrow();
        List<Section> sections = parse(file, format);
        long length = sections.stream()
                .flatMap(section -> section.blocks().stream())
                .mapToLong(String::length)
                .sum();
        if (length > limits.maxCharacters()) {
            throw new IOException("more than " + limits.maxCharacters() + " characters of text");
        }
        if (length == 0) {
            throw new IOException("holds no text");
        }
        return splitter.split(file.name(), sections);
    }

    /** Parsers meet files that someone made to break them: whatever one throws is that file's failure alone. */
    private List<Section> parse(DocumentFile file, Format format) throws IOException {
        try {
            return format.parser(limits).parse(file.path());
        } catch (NoSuchFileException e) {
            throw new IOException("is gone", e);
        } catch (AccessDeniedException e) {
            throw new IOException("no permission to read it", e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new IOException("damaged: " + e.getClass().getSimpleName(), e);
        } catch (OutOfMemoryError e) {
            throw new IOException("takes more memory to read than there is", e);
        }
    }
}
