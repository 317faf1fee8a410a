package io.agentrouter.qa.document;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Gathers blocks under the path of headings that stands above them. */
final class SectionCollector {

    private final TreeMap<Integer, String> path = new TreeMap<>();
    private final List<Section> sections = new ArrayList<>();
    private final List<String> blocks = new ArrayList<>();

    /** Begins a section; a heading of the same or a deeper level ends with it. */
    void heading(int level, String text) {
        endSection();
        path.tailMap(level).clear();
        if (!text.isBlank()) {
            path.put(level, text.strip());
        }
    }

    void block(String text) {
        if (!text.isBlank()) {
            blocks.add(text.strip());
        }
    }

    List<Section> sections() {
        endSection();
        return List.copyOf(sections);
    }

    private void endSection() {
        if (!blocks.isEmpty()) {
            sections.add(new Section(String.join(Section.SEPARATOR, path.values()), blocks));
            blocks.clear();
        }
    }
}
