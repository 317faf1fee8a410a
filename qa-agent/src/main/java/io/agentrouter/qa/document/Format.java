package io.agentrouter.qa.document;

import java.util.Locale;
import java.util.Optional;
import org.springframework.util.StringUtils;

/** The formats that are read. */
enum Format {
    MARKDOWN,
    TEXT,
    HTML,
    PDF;

    /** The format of a file by the end of its name, empty for anything that is not a document. */
    static Optional<Format> of(String fileName) {
        String extension = StringUtils.getFilenameExtension(fileName);
        return switch (extension == null ? "" : extension.toLowerCase(Locale.ROOT)) {
            case "md", "markdown" -> Optional.of(MARKDOWN);
            case "txt", "text" -> Optional.of(TEXT);
            case "html", "htm" -> Optional.of(HTML);
            case "pdf" -> Optional.of(PDF);
            default -> Optional.empty();
        };
    }

    DocumentParser parser(DocumentLimits limits) {
        return switch (this) {
            case MARKDOWN -> new Markdown();
            case TEXT -> new PlainText();
            case HTML -> new Html();
            case PDF -> new Pdf(limits);
        };
    }

    long maxSize(DocumentLimits limits) {
        return (this == PDF ? limits.maxPdfSize() : limits.maxFileSize()).toBytes();
    }
}
