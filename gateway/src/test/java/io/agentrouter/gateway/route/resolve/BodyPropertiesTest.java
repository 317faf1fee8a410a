package io.agentrouter.gateway.route.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** Bodies written from a list of members; the oracle looks at the members, the scanner at the bytes. */
class BodyPropertiesTest {

    private static final byte[][] NOT_UTF8 = {
        {(byte) 0xFF},
        {(byte) 0xC3},
        {(byte) 0x80},
        {(byte) 0xC0, (byte) 0xAF},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80}
    };

    private final AgentTypeResolver resolver = new AgentTypeResolver(AgentTypeResolverTest.catalog("qa", "coding"));

    /** A member of the body's top level: its key in plain text, and its value as JSON and, if it is a string, in plain text. */
    record Member(String key, String json, List<String> text) {

        static Member string(String key, String text) {
            return new Member(key, '"' + escaped(text, new Random(text.hashCode())) + '"', List.of(text));
        }
    }

    private static Outcome meaning(List<Member> members) {
        var models =
                members.stream().filter(member -> member.key().equals("model")).toList();
        if (models.isEmpty()) {
            return new Outcome("agent_type_missing");
        }
        if (models.size() > 1 || models.getFirst().text().isEmpty()) {
            return new Outcome("agent_type_invalid");
        }
        String model = models.getFirst().text().getFirst();
        int slash = model.indexOf('/');
        String type = slash < 0 ? model : model.substring(0, slash);
        return switch (type) {
            case "qa", "coding" -> new Outcome(type);
            case "" -> new Outcome("agent_type_invalid");
            default -> new Outcome("agent_type_unknown");
        };
    }

    @Property(tries = 5000)
    void everyObject_comesToWhatItsTopLevelMeans(@ForAll("members") List<Member> members, @ForAll Random random) {
        byte[] body = body(members, random).getBytes(StandardCharsets.UTF_8);
        Statistics.collect(meaning(members));
        assertThat(outcome(body)).isEqualTo(meaning(members));
    }

    @Property
    void streamIsWhatTheLastSuchKeySays(@ForAll("members") List<Member> members, @ForAll Random random) {
        byte[] body = body(members, random).getBytes(StandardCharsets.UTF_8);
        boolean stream = members.stream()
                .filter(member -> member.key().equals("stream"))
                .reduce((earlier, later) -> later)
                .map(member -> member.json().equals("true"))
                .orElse(false);
        assertThat(BodyScanner.scan(ByteBuffer.wrap(body)).stream()).isEqualTo(stream);
    }

    @Property
    void bodyCutAnywhere_isNotJson(@ForAll("members") List<Member> members, @ForAll Random random) {
        byte[] body = body(members, random).strip().getBytes(StandardCharsets.UTF_8);
        byte[] start = Arrays.copyOf(body, random.nextInt(body.length));
        assertThat(outcome(start)).isEqualTo(new Outcome("invalid_json"));
    }

    @Property
    void anythingAfterTheObject_isNotJson(
            @ForAll("members") List<Member> members, @ForAll("garbage") String garbage, @ForAll Random random) {
        byte[] body = (body(members, random) + garbage).getBytes(StandardCharsets.UTF_8);
        assertThat(outcome(body)).isEqualTo(new Outcome("invalid_json"));
    }

    @Property
    void octetsThatAreNotUtf8_anywhere_areNotJson(@ForAll("members") List<Member> members, @ForAll Random random) {
        String body = body(members, random);
        int at = random.nextInt(body.length() + 1);
        Assume.that(at == 0 || !Character.isHighSurrogate(body.charAt(at - 1)));
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(body.substring(0, at).getBytes(StandardCharsets.UTF_8));
        octets.writeBytes(NOT_UTF8[random.nextInt(NOT_UTF8.length)]);
        octets.writeBytes(body.substring(at).getBytes(StandardCharsets.UTF_8));
        assertThat(outcome(octets.toByteArray())).isEqualTo(new Outcome("invalid_json"));
    }

    @Property
    void nestingIsBounded(@ForAll @IntRange(min = 1, max = 2000) int depth, @ForAll boolean arrays) {
        String open = arrays ? "[" : "{\"model\":";
        String close = arrays ? "]" : "}";
        String body = "{\"x\":" + open.repeat(depth) + "1" + close.repeat(depth) + ",\"model\":\"qa\"}";
        assertThat(outcome(body.getBytes(StandardCharsets.UTF_8)).value())
                .isEqualTo(depth < 500 ? "qa" : "invalid_json");
    }

    private Outcome outcome(byte[] body) {
        return Outcome.of(() -> new Outcome(
                resolver.fromBody(BodyScanner.scan(ByteBuffer.wrap(body))).name()));
    }

    @Provide
    Arbitrary<List<Member>> members() {
        Arbitrary<String> names = Arbitraries.of(
                "qa", "coding", "qa/gpt-4o", "coding/", "qa/a/b", "/qa", "", "QA", "qa ", "gpt-4o", "qä");
        Arbitrary<String> texts =
                Arbitraries.oneOf(names, Arbitraries.strings().ofMaxLength(40).filter(BodyPropertiesTest::wellFormed));
        Arbitrary<String> others = Arbitraries.of(
                "null",
                "true",
                "false",
                "0",
                "-1.5e+3",
                "[]",
                "{}",
                "[\"qa\"]",
                "{\"model\":\"coding\"}",
                "[{\"model\":\"coding\",\"stream\":true}]",
                "{\"model\":{\"model\":\"qa\"}}");
        Arbitrary<Member> model = Arbitraries.frequencyOf(
                Tuple.of(6, names.map(name -> Member.string("model", name))),
                Tuple.of(1, others.map(json -> new Member("model", json, List.of()))));
        Arbitrary<String> keys =
                Arbitraries.of("messages", "Model", "model ", "models", "", "stream", "temperature", "tools");
        Arbitrary<Member> rest = Arbitraries.oneOf(
                Combinators.combine(keys, texts).as(Member::string),
                Combinators.combine(keys, others).as((key, json) -> new Member(key, json, List.of())));
        Arbitrary<Integer> repeats = Arbitraries.frequency(Tuple.of(6, 1), Tuple.of(1, 0), Tuple.of(1, 2));
        return repeats.flatMap(count -> Combinators.combine(
                                model.list().ofSize(count), rest.list().ofMaxSize(6))
                        .as((some, more) ->
                                Stream.concat(some.stream(), more.stream()).toList()))
                .flatMap(list -> Arbitraries.shuffle(list));
    }

    @Provide
    Arbitrary<String> garbage() {
        return Arbitraries.of("}", "{}", "null", "x", ",", "\u0000", " {\"model\":\"qa\"}", "\n\"\"", "\uFEFF");
    }

    private static String body(List<Member> members, Random random) {
        String inside = members.stream()
                .map(member -> blank(random)
                        + '"'
                        + escaped(member.key(), random)
                        + '"'
                        + blank(random)
                        + ':'
                        + blank(random)
                        + member.json()
                        + blank(random))
                .collect(Collectors.joining(","));
        return blank(random) + '{' + inside + '}' + blank(random);
    }

    private static String blank(Random random) {
        return List.of("", "", " ", "\r\n", "\t").get(random.nextInt(5));
    }

    /** Each character as itself where it may stand so, or as an escape. */
    private static String escaped(String text, Random random) {
        var all = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean must = character < ' ' || character == '"' || character == '\\';
            boolean pair = Character.isSurrogate(character);
            all.append(
                    must || (!pair && random.nextInt(8) == 0) ? String.format("\\u%04x", (int) character) : character);
        }
        return all.toString();
    }

    private static boolean wellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
