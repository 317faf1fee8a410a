package io.agentrouter.qa.document;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** HTML: what a reader sees, without scripts, styles and navigation. */
final class Html implements DocumentParser {

    private static final String UNSEEN =
            "script, style, noscript, template, nav, svg, form, [hidden], [aria-hidden=true]";
    /** What a decoder puts where bytes are no characters. */
    private static final char UNREADABLE = '\uFFFD';

    private static final String LINE_BREAK = "br";

    @Override
    public List<Section> parse(Path file) throws IOException {
        Element body = Jsoup.parse(file).body();
        if (body.text().indexOf(UNREADABLE) >= 0) {
            throw new IOException("not in the encoding that it declares, or not UTF-8 where it declares none");
        }
        body.select(UNSEEN).remove();
        SectionCollector collector = new SectionCollector();
        walk(body, collector);
        return collector.sections();
    }

    private static void walk(Element element, SectionCollector collector) {
        StringBuilder loose = new StringBuilder();
        for (Node node : element.childNodes()) {
            if (node instanceof TextNode text) {
                loose.append(text.text());
            } else if (node instanceof Element child) {
                if (isInline(child)) {
                    loose.append(LINE_BREAK.equals(child.normalName()) ? "\n" : child.text());
                } else {
                    flush(loose, collector);
                    block(child, collector);
                }
            }
        }
        flush(loose, collector);
    }

    private static void block(Element element, SectionCollector collector) {
        switch (element.normalName()) {
            case "h1", "h2", "h3", "h4", "h5", "h6" ->
                collector.heading(element.normalName().charAt(1) - '0', element.text());
            case "pre" -> collector.block(element.wholeText());
            case "table" -> table(element, collector);
            default -> walk(element, collector);
        }
    }

    private static void table(Element table, SectionCollector collector) {
        List<String> columns = List.of();
        for (Element row : table.select("tr")) {
            if (row.select("td").isEmpty()) {
                columns = row.select("th").eachText();
            } else {
                collector.block(TableText.row(
                        columns,
                        row.select("th, td").stream().map(Element::text).toList()));
            }
        }
    }

    private static boolean isInline(Element element) {
        return !element.isBlock() && element.children().stream().noneMatch(Element::isBlock);
    }

    private static void flush(StringBuilder loose, SectionCollector collector) {
        collector.block(loose.toString());
        loose.setLength(0);
    }
}
