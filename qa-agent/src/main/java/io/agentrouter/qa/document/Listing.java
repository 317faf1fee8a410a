package io.agentrouter.qa.document;

import java.util.List;

/** The documents of a folder at one moment, by name; two listings that are equal stand for the same contents. */
public record Listing(List<DocumentFile> files, List<Skipped> skipped) {

    public Listing {
        files = List.copyOf(files);
        skipped = List.copyOf(skipped);
    }
}
