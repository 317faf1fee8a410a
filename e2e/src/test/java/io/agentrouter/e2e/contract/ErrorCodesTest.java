package io.agentrouter.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Described;
import io.agentrouter.e2e.system.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The table of error codes in docs/contract.md, the sources and the API's document know the same codes. */
class ErrorCodesTest {

    private static final List<String> MODULES = List.of("gateway", "agent-runtime", "qa-agent", "coding-agent");

    /** What makes an error: its first word in quotes is the code, or the limit that was hit. */
    private static final Pattern ERROR = Pattern.compile(
            "(ProblemException\\s*\\.(?:invalid|badRequest|badField|refused|failed)|Problem\\.of|new AgentException|failed|refused|busy|exceeded)"
                    + "\\([^;\"]*\"([a-z]+(?:[_-][a-z]+)*)\"");

    @Test
    void table_hasTheCodesOfTheSources() throws IOException {
        Set<String> sources = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Repository.ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    ERROR.matcher(Files.readString(file))
                            .results()
                            .map(error -> error.group(1).equals("exceeded")
                                    ? "timeout_" + error.group(2).replace('-', '_')
                                    : error.group(2))
                            .forEach(sources::add);
                }
            }
        }
        Set<String> table = Table.under("The error body").stream()
                .flatMap(row -> Table.codes(row.getFirst()).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(table).isEqualTo(sources);
    }

    @Test
    void table_hasTheStatusesOfTheDocument() {
        Set<String> table = Table.under("The error body").stream()
                .flatMap(row -> Table.codes(row.getFirst()).stream()
                        .flatMap(code -> Stream.of(row.get(1).split("\\D+"))
                                .filter(status -> !status.isEmpty())
                                .map(status -> status + " " + code)))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> document = new TreeSet<>();
        Described.API.at("/components/schemas").forEachEntry((name, schema) -> {
            JsonNode own = schema.at("/allOf/1/properties");
            own.at("/error/properties/code/enum")
                    .forEach(code -> document.add(own.at("/status/const").asInt() + " " + code.asString()));
        });

        assertThat(table).isEqualTo(document);
    }
}
