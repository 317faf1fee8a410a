package io.agentrouter.qa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** From a file of each format to an answer that names file and heading, and quotes it. */
class FormatsTest {

    @TempDir
    static Path folder;

    private static RunningAgent agent;

    @BeforeAll
    static void start() throws IOException {
        write("handbook.md", """
                # Handbook

                Welcome to the company.

                ## Holidays

                Every employee has **30 days** of paid holiday a year.

                | office | opens at |
                |---|---|
                | Lisbon | 08:45 |
                | Oslo | 07:30 |
                """);
        write("notes/printer.txt", """
                The printer on the third floor
                jams when it is fed recycled paper.

                Toner is kept in the blue cupboard.
                """);
        write("parking.html", """
                <html><head><title>Parking</title><script>var trap = "parking costs 99 euro";</script></head>
                <body><nav>Home</nav><h1>Parking</h1><h2>Prices</h2>
                <p>Parking in the garage costs <b>4 euro</b> an hour.</p>
                <p hidden>Parking is free on Sundays.</p></body></html>
                """);
        write("urlaub.md", "# Urlaub\n\nEin Lehrling hat im ersten Jahr 31 Urlaubstage.");
        write("каталог/справка.txt", "Библиотека открыта до десяти часов вечера.");
        write("食堂.md", "# 食堂\n\n食堂は正午に開きます。");
        pdf(folder.resolve("safety.pdf"), "Welcome to the plant.", "The assembly point is behind the water tower.");
        agent = RunningAgent.start("qa.documents=" + folder);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> RunningAgent.json(agent.get("/health"))
                        .at("/checks/documents")
                        .asString()
                        .equals("ok"));
    }

    @AfterAll
    static void stop() {
        agent.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many days of paid holiday does an employee have? | handbook.md | Handbook › Holidays | Every employee has 30 days of paid holiday a year.
            When does the Oslo office open? | handbook.md | Handbook › Holidays | office: Oslo; opens at: 07:30
            When does the printer jam? | notes/printer.txt | '' | The printer on the third floor jams when it is fed recycled paper.
            What does parking in the garage cost? | parking.html | Parking › Prices | Parking in the garage costs 4 euro an hour.
            Where is the assembly point? | safety.pdf | page 2 | The assembly point is behind the water tower.
            Wie viele Urlaubstage hat ein Lehrling? | urlaub.md | Urlaub | Ein Lehrling hat im ersten Jahr 31 Urlaubstage.
            До которого часа открыта библиотека? | каталог/справка.txt | '' | Библиотека открыта до десяти часов вечера.
            食堂は何時に開きますか。 | 食堂.md | 食堂 | 食堂は正午に開きます。
            """)
    void question_isAnsweredWithFileHeadingAndQuote(String question, String file, String heading, String quote) {
        JsonNode message = agent.answer(question);

        assertThat(message.path("content").asString()).startsWith(quote + " [1]");
        JsonNode citation = message.at("/annotations/0/url_citation");
        assertThat(citation.path("url").asString()).isEqualTo(file);
        assertThat(citation.path("title").asString()).isEqualTo(heading.isEmpty() ? file : heading);
        assertThat(citation.path("quote").asString()).isEqualTo(quote);
    }

    private static void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    private static void pdf(Path file, String... pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (String text : pages) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(FontName.HELVETICA), 12);
                    content.newLineAtOffset(72, 700);
                    content.showText(text);
                    content.endText();
                }
            }
            document.save(file.toFile());
        }
    }
}
