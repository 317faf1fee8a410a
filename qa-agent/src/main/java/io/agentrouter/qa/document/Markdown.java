package io.agentrouter.qa.document;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;

/** CommonMark with the tables of GitHub Flavored Markdown. */
final class Markdown implements DocumentParser {

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    @Override
    public List<Section> parse(Path file) throws IOException {
        Blocks blocks = new Blocks();
        PARSER.parse(PlainText.read(file)).accept(blocks);
        return blocks.collector.sections();
    }

    private static final class Blocks extends AbstractVisitor {

        private final SectionCollector collector = new SectionCollector();
        private List<String> columns = List.of();

        @Override
        public void visit(Heading heading) {
            collector.heading(heading.getLevel(), InlineText.of(heading));
        }

        @Override
        public void visit(Paragraph paragraph) {
            String text = InlineText.of(paragraph);
            collector.block(goesOn(paragraph, text) ? code(paragraph.getPrevious()) + " " + text : text);
        }

        /** A sentence that begins with the command above it: {@code mvn verify} and then "runs every test." */
        private static boolean goesOn(Paragraph paragraph, String text) {
            return paragraph.getPrevious() instanceof FencedCodeBlock code
                    && code.getLiteral().strip().indexOf('\n') < 0
                    && !text.isEmpty()
                    && Character.isLowerCase(text.charAt(0));
        }

        private static String code(Node block) {
            return ((FencedCodeBlock) block).getLiteral().strip();
        }

        @Override
        public void visit(FencedCodeBlock code) {
            collector.block(code.getLiteral());
        }

        @Override
        public void visit(IndentedCodeBlock code) {
            collector.block(code.getLiteral());
        }

        @Override
        public void visit(CustomBlock block) {
            if (block instanceof TableBlock) {
                columns = List.of();
            }
            visitChildren(block);
        }

        @Override
        public void visit(CustomNode node) {
            if (node instanceof TableRow row) {
                List<String> cells = cells(row);
                if (row.getParent() instanceof TableHead) {
                    columns = cells;
                } else {
                    collector.block(TableText.row(columns, cells));
                }
            } else {
                visitChildren(node);
            }
        }

        private static List<String> cells(TableRow row) {
            List<String> cells = new ArrayList<>();
            for (Node node = row.getFirstChild(); node != null; node = node.getNext()) {
                if (node instanceof TableCell cell) {
                    cells.add(InlineText.of(cell));
                }
            }
            return cells;
        }
    }
}
