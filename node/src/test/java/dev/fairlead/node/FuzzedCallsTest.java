package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.node.DescribedClient.Body;
import dev.fairlead.node.DescribedClient.Described;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Calls that are made by chance from a node's own OpenAPI document, good and bad: each is answered in time and as the document says, and none with
 * a fault of the node's own.
 *
 * <p>{@code -Dfairlead.fuzz.seed=N} runs one seed, {@code -Dfairlead.fuzz.calls=N} so many calls of each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzedCallsTest {
    private static final int SEEDS = 8;
    private static final int CALLS = Integer.getInteger("fairlead.fuzz.calls", 250);
    private static final List<String> HOSTILE = List.of(
            " ",
            "a/b",
            ".",
            "..",
            "../../etc/passwd",
            "%00",
            "\u0000",
            "\n",
            "é\uD83D\uDEA2",
            "x".repeat(2_000),
            "-1",
            "0",
            "007",
            "99999999999999999999",
            "1e9",
            "NaN",
            "null",
            "true",
            "'; DROP TABLE x; --",
            "${jndi:ldap://x}",
            "\"1\"",
            "W/\"1\"",
            "*",
            "\"1\", \"2\"",
            "<script>",
            "shop.string@99",
            "1:shop.sale:99",
            "a@b",
            "2026-02-30",
            "application/json");
    private static final List<String> TYPES =
            List.of("", "text/plain", "application/json; charset=utf-8", "application/xml");
    private static final List<String> PIECES =
            List.of("{", "}", "[", "]", "\"", ",", ":", "null", "1e400", "-", "\\u0000", "\\ud800", "0x1");

    private RunningNode node;
    private DescribedClient operator;
    private DescribedClient reader;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place, DescribedPlan.in(place), NodeTimes.defaults());
        operator = new DescribedClient(node);
        reader = new DescribedClient(node, Caller.HEADER, "reader");
    }

    @AfterAll
    void stop() {
        operator.close();
        reader.close();
        node.close();
    }

    static LongStream seeds() {
        Long one = Long.getLong("fairlead.fuzz.seed");
        return one == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(one);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachCallIsAnsweredAsItIsDescribed(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < CALLS; i++) {
            new Call(random, random.nextInt(4) == 0 ? reader : operator).make("seed " + seed + ", call " + i);
        }
    }

    /** Whoever only ever hears that he is wrong has not been far inside. */
    @Test
    void manyCallsAreGood() {
        Random random = new Random(0);
        int before = operator.unseen().size();
        for (int i = 0; i < CALLS; i++) {
            new Call(random, operator).make("seed 0, call " + i);
        }

        assertThat(operator.unseen().size()).isLessThan(before * 3 / 4);
    }

    /** One call, chosen step by step. */
    private static final class Call {
        private final Random random;
        private final DescribedClient client;
        private final JsonSamples samples;
        private final Described operation;

        Call(Random random, DescribedClient client) {
            this.random = random;
            this.client = client;
            this.samples = new JsonSamples(random, client::resolved);
            this.operation = samples.any(List.copyOf(client.operations().values()));
        }

        void make(String name) {
            Map<String, String> parameters = parameters();
            Body body = body();
            String accept = accept();
            try {
                client.call(operation.id(), parameters, body, accept);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "%s: %s with %s, %s and Accept: %s".formatted(name, operation.id(), parameters, body, accept),
                        e);
            }
        }

        private Map<String, String> parameters() {
            Map<String, String> parameters = new TreeMap<>();
            for (JsonNode each : operation.node().path("parameters")) {
                JsonNode parameter = client.resolved(each);
                String name = parameter.get("name").asString();
                String in = parameter.get("in").asString();
                if (name.equals("Fairlead-Deadline")) {
                    parameters.put(name, "20ms"); // nobody answers, and nothing is learned by waiting for it
                } else if (in.equals("path")
                        || isLikely(parameter.path("required").asBoolean() ? 95 : 40)) {
                    parameters.put(name, value(parameter.get("schema"), name, in));
                }
            }
            return parameters;
        }

        private String value(JsonNode schema, String name, String in) {
            String value = isLikely(70) ? samples.of(schema).asString() : samples.any(HOSTILE);
            if (name.equals("wait") && value.matches("[0-9]{1,2}")) {
                return "0";
            }
            return in.equals("header") ? value.replaceAll("[^\\x21-\\x7e]", "~") : value;
        }

        private @Nullable Body body() {
            JsonNode content = operation.node().at("/requestBody/content");
            if (content.isMissingNode() || isLikely(3)) {
                return null;
            }
            List<String> types = new ArrayList<>(content.propertyNames());
            String type = samples.any(types);
            String text = samples.of(content.get(type).get("schema")).toString();
            String sent = isLikely(8) ? samples.any(TYPES) : type;
            return new Body(sent, isLikely(60) ? text : damaged(text));
        }

        private String damaged(String text) {
            int place = random.nextInt(text.length() + 1);
            return switch (random.nextInt(6)) {
                case 0 -> text.substring(0, place);
                case 1 -> text.substring(0, place) + samples.any(PIECES) + text.substring(place);
                case 2 -> text.replaceFirst("\\d+", "1".repeat(1 + random.nextInt(200)));
                case 3 -> text.replaceFirst("\\{", "{\"unknown\":" + "[".repeat(70) + "]".repeat(70) + ",");
                case 4 -> samples.any(List.of("", "[]", "{}", "null", "true", "\"\"", "\uFEFF{}", "{\"a\":1,\"a\":2}"));
                default ->
                    text.replaceFirst(
                            ":[^,}]*", ":" + samples.any(List.of("null", "[]", "{}", "\"x\"", "-1", "1e400")));
            };
        }

        private String accept() {
            List<String> types = new ArrayList<>(List.of("*/*", "application/json", "text/html"));
            operation
                    .node()
                    .get("responses")
                    .forEach(answer -> types.addAll(answer.path("content").propertyNames()));
            types.removeIf("text/event-stream"::equals); // which does not end
            return samples.any(types);
        }

        private boolean isLikely(int percent) {
            return random.nextInt(100) < percent;
        }
    }
}
