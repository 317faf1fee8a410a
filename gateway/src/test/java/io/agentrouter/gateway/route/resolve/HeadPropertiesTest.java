package io.agentrouter.gateway.route.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Requests made from what each place is meant to say; the oracle looks at the meaning, the resolver at the bytes. */
class HeadPropertiesTest {

    private static final Set<String> KNOWN = Set.of("qa", "coding", "a-1");

    private final AgentTypeResolver resolver =
            new AgentTypeResolver(AgentTypeResolverTest.catalog(KNOWN.toArray(String[]::new)));

    /** The names that path, query and header are meant to hold. */
    record Meaning(List<String> path, List<String> query, List<String> header) {

        Outcome outcome() {
            var places = Stream.of(path, query, header)
                    .filter(names -> !names.isEmpty())
                    .toList();
            if (places.stream().anyMatch(names -> names.size() > 1 || names.contains(""))) {
                return new Outcome("agent_type_invalid");
            }
            Set<String> names = places.stream().flatMap(List::stream).collect(Collectors.toSet());
            if (names.size() > 1) {
                return new Outcome("agent_type_conflict");
            }
            if (names.isEmpty()) {
                return Outcome.NONE;
            }
            return new Outcome(KNOWN.containsAll(names) ? names.iterator().next() : "agent_type_unknown");
        }
    }

    @Property(tries = 5000)
    void everyCombinationOfSources_comesToWhatItMeans(@ForAll("meanings") Meaning meaning, @ForAll Random random) {
        String path = meaning.path().isEmpty()
                ? List.of("/v1/chat/completions", "/agents", "/v1/agents/qa").get(random.nextInt(3))
                : "/" + encoded("agents", random, false)
                        + List.of("", ";", ";x=1").get(random.nextInt(3)) + "/"
                        + encoded(meaning.path().getFirst(), random, false)
                        + List.of("", "/", "/v1/chat/completions", "/coding").get(random.nextInt(4));

        Outcome outcome = Outcome.of(() -> resolver.fromHead(path, query(meaning, random), headers(meaning, random))
                .map(type -> new Outcome(type.name()))
                .orElse(Outcome.NONE));

        Statistics.collect(meaning.outcome());
        assertThat(outcome).isEqualTo(meaning.outcome());
    }

    @Provide
    Arbitrary<Meaning> meanings() {
        Arbitrary<String> known = Arbitraries.of(KNOWN);
        Arbitrary<String> name = Arbitraries.frequencyOf(
                Tuple.of(8, known),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                "", "QA", "Qa", "qa ", " qa", "q a", "q+a", "q%61", "qa;v=1", "qä", "\u0000", "..")),
                Tuple.of(
                        1,
                        Arbitraries.strings().ofMaxLength(100).filter(StandardCharsets.UTF_8.newEncoder()::canEncode)));
        Arbitrary<String> inPath = name.filter(text -> !text.contains("/"));
        Arbitrary<String> inHeader = name.filter(text ->
                text.strip().equals(text) && !text.contains(",") && text.chars().allMatch(c -> c >= ' ' && c < 127));
        Arbitrary<Meaning> any = Combinators.combine(
                        inPath.list().ofMaxSize(1),
                        name.list().ofMaxSize(2),
                        inHeader.list().ofMaxSize(2))
                .as(Meaning::new);
        Arbitrary<Meaning> agreeing = Combinators.combine(
                        inHeader.filter(text -> !text.contains("/")),
                        Arbitraries.integers().between(0, 7))
                .as((one, places) -> new Meaning(
                        (places & 1) == 0 ? List.of() : List.of(one),
                        (places & 2) == 0 ? List.of() : List.of(one),
                        (places & 4) == 0 ? List.of() : List.of(one)));
        return Arbitraries.oneOf(any, agreeing);
    }

    private static String query(Meaning meaning, Random random) {
        List<String> pairs = new ArrayList<>();
        for (String name : meaning.query()) {
            String key = random.nextInt(4) == 0 ? encoded("agent-type", random, true) : "agent-type";
            boolean bare = name.isEmpty() && random.nextBoolean();
            pairs.add(bare ? key : key + "=" + encoded(name, random, true));
        }
        var noise = List.of(
                "", "x", "agent-typ=qa", "Agent-Type=qa", "agent_type=coding", "q=agent-type=qa", "%zz=%", "=qa");
        for (int i = random.nextInt(3); i > 0; i--) {
            pairs.add(random.nextInt(pairs.size() + 1), noise.get(random.nextInt(noise.size())));
        }
        return String.join("&", pairs);
    }

    private static List<String> headers(Meaning meaning, Random random) {
        List<String> padded = meaning.header().stream()
                .map(name -> " ".repeat(random.nextInt(2)) + name + "\t".repeat(random.nextInt(2)))
                .toList();
        boolean joined = padded.size() > 1 && random.nextBoolean();
        return joined ? List.of(String.join(",", padded)) : padded;
    }

    /** Each character as itself where it may stand so, or percent-encoded, in hex of either case. */
    private static String encoded(String text, Random random, boolean inQuery) {
        var all = new StringBuilder();
        text.codePoints().forEach(character -> {
            String one = Character.toString(character);
            boolean plain = one.matches("[A-Za-z0-9._~;-]") || (!inQuery && one.equals("+"));
            if (plain && random.nextInt(3) > 0) {
                all.append(one);
            } else if (inQuery && one.equals(" ") && random.nextBoolean()) {
                all.append('+');
            } else {
                for (byte octet : one.getBytes(StandardCharsets.UTF_8)) {
                    HexFormat hex = random.nextBoolean()
                            ? HexFormat.of()
                            : HexFormat.of().withUpperCase();
                    all.append('%').append(hex.toHexDigits(octet));
                }
            }
        });
        return all.toString();
    }
}
