package io.agentrouter.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Panels over one axis of seconds, below each other, as an SVG that a page in light or dark can show. */
final class Plot {

    private static final int WIDTH = 760;
    private static final int LEFT = 50;
    private static final int RIGHT = 90;
    private static final int HEIGHT = 130;
    private static final int GAP = 46;
    private static final List<String> COLOURS = List.of("#d9480f", "#1971c2");

    private final double seconds;
    private final List<Panel> panels = new ArrayList<>();

    record Point(double seconds, double value) {}

    private record Series(String name, boolean steps, List<Point> points) {}

    Plot(double seconds) {
        this.seconds = seconds;
    }

    Panel panel(String title) {
        Panel panel = new Panel(title, GAP + panels.size() * (HEIGHT + GAP));
        panels.add(panel);
        return panel;
    }

    void write(Path file) {
        int height = GAP + panels.size() * (HEIGHT + GAP);
        String svg =
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n"
                                .formatted(WIDTH, height)
                        + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
                        + panels.stream().map(Panel::svg).collect(Collectors.joining())
                        + text(LEFT + (WIDTH - LEFT - RIGHT) / 2, height - 8, "middle", "#333", "seconds")
                        + "</svg>\n";
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, svg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final class Panel {

        private final String title;
        private final int top;
        private final List<Series> series = new ArrayList<>();

        private Panel(String title, int top) {
            this.title = title;
            this.top = top;
        }

        /** A value that holds until the next. */
        void steps(String name, List<Point> points) {
            series.add(new Series(name, true, points));
        }

        void dots(String name, List<Point> points) {
            series.add(new Series(name, false, points));
        }

        private String svg() {
            StringBuilder svg = new StringBuilder(text(LEFT, top - 8, "start", "#333", title));
            double most = most();
            for (double value : List.of(0.0, most / 2, most)) {
                svg.append("<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>\n".formatted(LEFT, y(value), WIDTH - RIGHT));
                svg.append(text(LEFT - 6, y(value) + 4, "end", "#333", number(value)));
            }
            for (int at = 0; at <= seconds; at += 60) {
                svg.append(text(x(at), top + HEIGHT + 15, "middle", "#333", Integer.toString(at)));
            }
            for (Series one : series) {
                String colour = COLOURS.get(series.indexOf(one) % COLOURS.size());
                svg.append(one.steps() ? line(one, colour) : circles(one, colour));
                svg.append(text(WIDTH - RIGHT + 8, top + 14 + 16 * series.indexOf(one), "start", colour, one.name()));
            }
            return svg.toString();
        }

        private double most() {
            double most = series.stream()
                    .flatMap(one -> one.points().stream())
                    .mapToDouble(Point::value)
                    .max()
                    .orElse(1);
            return Math.max(1, Math.ceil(most));
        }

        private String line(Series one, String colour) {
            StringBuilder path = new StringBuilder();
            for (Point point : one.points()) {
                path.append(
                        path.isEmpty()
                                ? "M%.1f %.1f".formatted(x(point.seconds()), y(point.value()))
                                : "H%.1fV%.1f".formatted(x(point.seconds()), y(point.value())));
            }
            return "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n".formatted(path, colour);
        }

        private String circles(Series one, String colour) {
            return one.points().stream()
                    .map(point -> "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"%s\"/>\n"
                            .formatted(x(point.seconds()), y(point.value()), colour))
                    .collect(Collectors.joining());
        }

        private double y(double value) {
            return top + HEIGHT * (1 - value / most());
        }
    }

    private double x(double at) {
        return LEFT + (WIDTH - LEFT - RIGHT) * at / seconds;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String text(double x, double y, String anchor, String colour, String text) {
        return "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n"
                .formatted(x, y, anchor, colour, text);
    }
}
