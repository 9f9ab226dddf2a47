package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventRoutesTest {
    private static final String SALES = "/events/profile/sale";
    private static final String ADDED = "?type=ItemAdded";

    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private static String added(int quantity) {
        return "{\"sku\":\"85123A\",\"quantity\":%d}".formatted(quantity);
    }

    @Test
    void eventsAreReadInPagesToTheEndAndOn() {
        String begin = end();
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> appended = node.send("POST", SALES + "/p" + i % 2 + ADDED, added(i));
            assertThat(appended.statusCode()).isEqualTo(201);
            assertThat(json(appended).get("version").asInt()).isEqualTo(i / 2 + 1);
        }
        List<Integer> quantities = new ArrayList<>();
        String from = begin;
        String before;
        do {
            JsonNode page = json(node.get(SALES + "?limit=2&from=" + from));
            page.get("events")
                    .forEach(event ->
                            quantities.add(event.get("event").get("quantity").asInt()));
            before = from;
            from = page.get("next").asString();
        } while (!from.equals(before));

        assertThat(quantities).containsExactly(0, 1, 2, 3, 4);
        node.send("POST", SALES + "/p9" + ADDED, added(9));
        assertThat(json(node.get(SALES + "?from=" + from)).get("events")).hasSize(1);
        assertThat(json(node.get(SALES + "/p1?from=" + begin)).get("events")).hasSize(2);
    }

    private String end() {
        String from = json(node.get(SALES)).get("next").asString();
        for (String next = ""; !from.equals(next); ) {
            next = from;
            from = json(node.get(SALES + "?limit=1000&from=" + from))
                    .get("next")
                    .asString();
        }
        return from;
    }

    @Test
    void aReaderGetsItsEventsWithItsFields() {
        String begin = end();
        node.send("POST", SALES + "/r1" + ADDED, added(6));
        node.send("POST", SALES + "/r1?type=CouponApplied", "{\"code\":\"SECRET\"}");

        HttpResponse<String> read =
                node.get(SALES + "?from=" + begin, "Fairlead-Service", "shipping", "Accept", "application/x-ndjson");
        assertThat(read.body()).endsWith("\"event\":{\"sku\":\"85123A\"}}\n").hasLineCount(1);
        assertThat(header(read, "Fairlead-Next")).isEqualTo(end());
        assertThat(problem(node.get(SALES, "Fairlead-Service", "billing"))).isEqualTo("not-declared");
        assertThat(problem(node.send("POST", SALES + "/r1" + ADDED, added(1), "Fairlead-Service", "shipping")))
                .isEqualTo("not-owner");
    }

    @Test
    void anAppendHappensOnlyOnItsCondition() {
        assertThat(node.send("POST", SALES + "/v1" + ADDED, added(1), "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(201);
        assertThat(node.send("POST", SALES + "/v1" + ADDED, added(2), "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(412);
        assertThat(node.send("POST", SALES + "/v1" + ADDED, added(2), "If-Match", "\"1\"")
                        .statusCode())
                .isEqualTo(201);
        assertThat(node.send("POST", SALES + "/v1" + ADDED, added(3), "If-Match", "\"1\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(json(node.get(SALES + "/v1")).get("events")).hasSize(2);
    }

    @Test
    void anEventThatDoesNotFitThePlanIsRefused() {
        assertThat(problem(node.send("POST", SALES + "/w1" + ADDED, "{\"sku\":\"A\",\"quantity\":\"6\"}")))
                .isEqualTo("bad-value");
        assertThat(problem(node.send("POST", SALES + "/w1?type=Nothing", "{}"))).isEqualTo("bad-request");
        assertThat(problem(node.send("POST", SALES + "/w1", "{}"))).isEqualTo("bad-request");
        assertThat(problem(node.get(SALES + "?from=nonsense"))).isEqualTo("bad-value");
        assertThat(json(node.get(SALES + "/w1")).get("events")).isEmpty();
    }
}
