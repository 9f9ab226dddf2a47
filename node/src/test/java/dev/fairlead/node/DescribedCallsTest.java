package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.node.DescribedClient.Body;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every operation that a node describes answers as it is described, in each of its good ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescribedCallsTest {
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Map<String, String> NOTHING = Map.of();

    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private RunningNode node;
    private DescribedClient operator;
    private DescribedClient reader;
    private JsonSamples samples;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place, DescribedPlan.in(place), NodeTimes.defaults());
        operator = new DescribedClient(node);
        reader = new DescribedClient(node, Caller.HEADER, "reader");
        samples = new JsonSamples(new Random(1), operator::resolved);
    }

    @AfterAll
    void stop() {
        asking.close();
        operator.close();
        reader.close();
        node.close();
    }

    @Test
    void everyOperationAnswersAsItIsDescribed() {
        for (String item : List.of("shop.string", "shop.level", "shop.region")) {
            writeState(item);
            readState(operator, item, key(item));
        }
        readState(reader, "shop.string", key("shop.string"));
        List.of("shop.string", "shop.level", "shop.region").forEach(this::removeState);
        List.of("shop.string", "shop.level", "shop.region").forEach(item -> erase(item, key(item)));
        appendEvents("shop.sale");
        readEvents(operator, "shop.sale");
        readEvents(reader, "shop.sale");
        takeEvents(operator, "shop.sale");
        takeEvents(reader, "shop.sale");
        for (DescribedClient asker : List.of(operator, reader)) {
            questions(asker, "shop.quote");
            tells(asker, "shop.submit-card");
        }
        deadLetters("shop.submit-card");
        erase("shop.sale", "s1");

        assertThat(operator.unseen()).as("of the operator").isEmpty();
        assertThat(reader.unseen()).as("of the reader").isEmpty();
    }

    private String key(String item) {
        return sample(item, 1).get(keyField(item)).asString();
    }

    private String keyField(String item) {
        JsonNode parameter =
                operator.described("get_" + item).node().get("parameters").get(0);
        assertThat(parameter.get("in").asString()).isEqualTo("path");
        return parameter.get("description").asString();
    }

    /** A document of the item, the same for the same seed. */
    private JsonNode sample(String item, int seed) {
        return new JsonSamples(new Random(seed), operator::resolved).of(operator.bodySchema("put_" + item, JSON));
    }

    private void writeState(String item) {
        JsonNode first = sample(item, 1);
        String key = key(item);
        HttpResponse<String> written = operator.call("put_" + item, Map.of("key", key), first);
        assertThat(written.statusCode()).isEqualTo(201);
        ObjectNode second = (ObjectNode) sample(item, 2);
        second.set(keyField(item), first.get(keyField(item)));
        assertThat(operator.call(
                                "put_" + item,
                                Map.of("key", key, "If-Match", RunningNode.header(written, "ETag")),
                                second)
                        .statusCode())
                .isEqualTo(200);
        assertThat(operator.call("put_" + item, Map.of("key", key, "If-None-Match", "*"), second)
                        .statusCode())
                .isEqualTo(412);
    }

    private static void readState(DescribedClient client, String item, String key) {
        HttpResponse<String> read = client.call("get_" + item, Map.of("key", key));
        assertThat(client.described("get_" + item)
                        .node()
                        .at("/responses/200/headers")
                        .propertyNames())
                .as("headers that are described")
                .allMatch(header -> read.headers().firstValue(header).isPresent());
        client.call("get_" + item, Map.of("key", key, "If-None-Match", RunningNode.header(read, "ETag")));
        client.call("list_" + item, Map.of("limit", "1"));
        client.call("list_" + item, NOTHING, null, LINES);
        HttpResponse<String> changes = client.call("changes_" + item, Map.of("limit", "1000", "wait", "1"));
        client.call("changes_" + item, Map.of("from", json(changes).get("next").asString()), null, LINES);
    }

    private void removeState(String item) {
        assertThat(operator.call("remove_" + item, Map.of("key", key(item))).statusCode())
                .isEqualTo(200);
        assertThat(operator.call("remove_" + item, Map.of("key", key(item))).statusCode())
                .isEqualTo(404);
        assertThat(operator.call("changes_" + item, NOTHING).body()).contains("\"removed\":true");
    }

    private void erase(String item, String key) {
        assertThat(operator.call("erase_" + item, Map.of("key", key)).statusCode())
                .isEqualTo(200);
        assertThat(json(operator.call("list-erasures_" + item, NOTHING)).get("erasures"))
                .hasSize(1);
    }

    private void appendEvents(String item) {
        JsonNode parameters = operator.described("append_" + item).node().get("parameters");
        List<JsonNode> documents = operator.bodySchema("append_" + item, JSON)
                .get("anyOf")
                .valueStream()
                .toList();
        List<String> types = parameters
                .get(1)
                .at("/schema/enum")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        for (int i = 0; i < types.size(); i++) {
            JsonNode event = samples.of(documents.get(i));
            operator.call("append_" + item, Map.of("key", "s1", "type", types.get(i)), event);
            Map<String, String> binary = Map.of(
                    "ce-specversion",
                    "1.0",
                    "ce-id",
                    "1",
                    "ce-source",
                    "/test",
                    "ce-type",
                    types.get(i),
                    "ce-subject",
                    "s2");
            operator.call("append-cloudevents_" + item, binary, event);
        }
        operator.call(
                "append-cloudevents_" + item,
                NOTHING,
                new Body(STRUCTURED, cloudEvent(item).toString()),
                JSON);
        String batch = "[" + cloudEvent(item) + "," + cloudEvent(item) + "]";
        assertThat(json(operator.call("append-cloudevents_" + item, NOTHING, new Body(BATCH, batch), JSON))
                        .get("receipts"))
                .hasSize(2);
    }

    private JsonNode cloudEvent(String item) {
        ObjectNode event = (ObjectNode) samples.of(operator.bodySchema("append-cloudevents_" + item, STRUCTURED));
        return event.put("partitionkey", "s3");
    }

    private static void readEvents(DescribedClient client, String item) {
        assertThat(json(client.call("read_" + item, Map.of("limit", "1000"))).get("events"))
                .isNotEmpty();
        client.call("history_" + item, Map.of("key", "s1"));
        for (String accept : List.of(LINES, BATCH, STRUCTURED)) {
            client.call("read_" + item, NOTHING, null, accept);
            client.call("history_" + item, Map.of("key", "s2"), null, accept);
        }
        HttpResponse<String> binary = client.call("read_" + item, Map.of("mode", "binary"));
        assertThat(RunningNode.header(binary, "ce-id")).isNotEmpty();
        String end = RunningNode.header(client.call("read_" + item, Map.of("limit", "1000")), "Fairlead-Next");
        assertThat(client.call("read_" + item, Map.of("from", end, "mode", "binary"))
                        .statusCode())
                .isEqualTo(204);
        String last = RunningNode.header(
                client.call("history_" + item, Map.of("key", "s1", "limit", "1000")), "Fairlead-Next");
        assertThat(client.call("history_" + item, Map.of("key", "s1", "from", last), null, STRUCTURED)
                        .statusCode())
                .isEqualTo(204);
    }

    private void takeEvents(DescribedClient client, String item) {
        Map<String, String> one = Map.of("group", "labels", "limit", "1");
        settle(client, "acknowledge", item, leased(client, item, one), null);
        settle(client, "give-back", item, leased(client, item, one), null);
        settle(client, "set-aside", item, leased(client, item, one), reason());
    }

    private void questions(DescribedClient asker, String item) {
        CompletableFuture<HttpResponse<String>> answered = asked(asker, item);
        String again = leased(operator, item, Map.of("limit", "1"));
        settle(operator, "give-back", item, again, null);
        JsonNode answer = samples.of(operator.bodySchema("acknowledge_" + item, JSON));
        settle(operator, "acknowledge", item, leased(operator, item, Map.of("limit", "1")), answer);
        assertThat(answered.join().statusCode()).isEqualTo(200);
        assertThat(json(answered.join()).propertyNames())
                .isSubsetOf(asker.resolved(asker.described("ask_" + item)
                                .node()
                                .at("/responses/200/content")
                                .get(JSON)
                                .get("schema"))
                        .get("properties")
                        .propertyNames());
        CompletableFuture<HttpResponse<String>> refused = asked(asker, item);
        JsonNode refusal = reason().deepCopy();
        ((ObjectNode) refusal).put("code", "sold-out");
        settle(operator, "set-aside", item, leased(operator, item, Map.of("limit", "1")), refusal);
        assertThat(refused.join().statusCode()).isEqualTo(409);
    }

    /** Asks until somebody takes questions. */
    private CompletableFuture<HttpResponse<String>> asked(DescribedClient asker, String item) {
        JsonNode question = samples.of(operator.bodySchema("ask_" + item, JSON));
        return CompletableFuture.supplyAsync(
                () -> await().atMost(SOON)
                        .until(
                                () -> asker.call("ask_" + item, Map.of("Fairlead-Deadline", "19s"), question),
                                response -> response.statusCode() != 503),
                asking);
    }

    private void tells(DescribedClient teller, String item) {
        JsonNode question = samples.of(operator.bodySchema("tell_" + item, JSON));
        for (String how : List.of("acknowledge", "give-back", "set-aside")) {
            HttpResponse<String> told = teller.call(
                    "tell_" + item,
                    Map.of("Idempotency-Key", how, "Fairlead-Not-Before", "2026-01-31T08:00:00Z"),
                    question);
            assertThat(told.statusCode()).isEqualTo(202);
            String lease = leased(operator, item, Map.of("lease", "600"));
            settle(operator, how, item, lease, how.equals("set-aside") ? reason() : null);
            if (how.equals("give-back")) {
                settle(operator, "acknowledge", item, leased(operator, item, NOTHING), null);
            }
        }
        assertThat(RunningNode.header(
                        teller.call(
                                "tell_" + item,
                                Map.of("Idempotency-Key", "set-aside", "Fairlead-Not-Before", "2026-01-31T08:00:00Z"),
                                question),
                        "Fairlead-Repeated"))
                .isEqualTo("true");
    }

    private void deadLetters(String item) {
        List<String> numbers = new ArrayList<>();
        json(operator.call("list-dead-letters_" + item, NOTHING))
                .get("deadLetters")
                .forEach(letter -> numbers.add(letter.get("number").asString()));
        assertThat(numbers).hasSize(2);
        operator.call("show-dead-letter_" + item, Map.of("number", numbers.get(0)));
        operator.call("redrive-dead-letter_" + item, Map.of("number", numbers.get(0)));
        operator.call("drop-dead-letter_" + item, Map.of("number", numbers.get(1), "reason", "seen"));
        assertThat(operator.call("show-dead-letter_" + item, Map.of("number", numbers.get(1)))
                        .statusCode())
                .isEqualTo(404);
    }

    private static JsonNode reason() {
        return JsonMapper.shared().createObjectNode().put("message", "none left");
    }

    /** The name of the one piece of work that is taken next. */
    private static String leased(DescribedClient client, String item, Map<String, String> how) {
        Map<String, String> parameters = new HashMap<>(how);
        parameters.put("wait", "20");
        JsonNode leases = await().atMost(SOON)
                .until(() -> json(client.call("take_" + item, parameters)).get("leases"), taken -> !taken.isEmpty());
        assertThat(leases).hasSize(1);
        return leases.get(0).get("lease").asString();
    }

    private static void settle(DescribedClient client, String how, String item, String lease, @Nullable JsonNode body) {
        HttpResponse<String> settled =
                client.call(how + "_" + item, Map.of("lease", lease), body == null ? null : Body.json(body), JSON);
        assertThat(settled.statusCode()).as("%s %s", how, settled.body()).isEqualTo(204);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return RunningNode.json(response);
    }
}
