package io.agentrouter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars, a group below the other, as an SVG that a page in light or dark can show. */
final class Chart {

    private static final int WIDTH = 760;
    private static final int LEFT = 130;
    private static final int RIGHT = 80;
    private static final int ROW = 20;
    private static final int HEAD = 34;

    private final List<Group> groups = new ArrayList<>();

    private record Group(String title, List<Bar> bars) {}

    private record Bar(String name, double value) {}

    /** Begins a group, whose bars are drawn to a scale of their own. */
    void group(String title) {
        groups.add(new Group(title, new ArrayList<>()));
    }

    /** Adds a bar to the last group; one that is not a number is left out. */
    void bar(String name, double value) {
        if (!Double.isNaN(value)) {
            groups.getLast().bars().add(new Bar(name, value));
        }
    }

    void write(Path file) throws IOException {
        StringBuilder body = new StringBuilder();
        int y = 10;
        for (Group group : groups) {
            body.append(text(10, y + 16, "start", "bold", group.title()));
            y += HEAD;
            double most = group.bars().stream().mapToDouble(Bar::value).max().orElse(1);
            for (Bar bar : group.bars()) {
                double width = Math.max(1, Math.max(0, bar.value()) / most * (WIDTH - LEFT - RIGHT));
                body.append(text(LEFT - 8, y + 12, "end", "normal", bar.name()));
                body.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                        LEFT,
                        y,
                        width,
                        ROW - 5,
                        bar.name().equals(Setting.GATEWAY) ? "#d9480f" : "#8aa4bf"));
                body.append(text(LEFT + width + 6, y + 12, "start", "normal", number(bar.value())));
                y += ROW;
            }
        }
        Files.writeString(
                file,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                                .formatted(WIDTH, y + 10)
                        + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" + body + "</svg>\n");
    }

    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String text(double x, int y, String anchor, String weight, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\" fill=\"#333\">%s</text>%n",
                x,
                y,
                anchor,
                weight,
                text);
    }
}
