package dev.fairlead.node;

import static dev.fairlead.node.DescriptionTest.faults;
import static dev.fairlead.node.OutsidePlan.PARTNER;
import static dev.fairlead.node.OutsidePlan.customer;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The documents for outside clients: well formed, true, and without a word of what is inside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutsideDescriptionTest {
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";

    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place, OutsidePlan.in(place), NodeTimes.defaults());
        OutsidePlan.fill(node);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void readersFindNothingWrongInThem() throws IOException {
        for (String[] client : List.of(customer("ada"), PARTNER)) {
            String text = node.get("/openapi.json", client).body();

            assertThat(new OpenAPIV3Parser().readContents(text, null, null).getMessages())
                    .isEmpty();
            assertThat(faults(DescriptionTest.OPENAPI_SCHEMA, json(node.get("/openapi.json", client))))
                    .isEmpty();
            assertThat(faults(DescriptionTest.ASYNCAPI_SCHEMA, json(node.get("/asyncapi.json", client))))
                    .isEmpty();
        }
    }

    @Test
    void theyTellOfTheViewAndOfNothingElse() {
        for (String path : List.of("/openapi.json", "/asyncapi.json", "/docs")) {
            assertThat(node.get(path, customer("ada")).body())
                    .contains("amount", "why")
                    .doesNotContain(
                            "\"margin",
                            "margin<",
                            "total",
                            "reason",
                            "supplier",
                            "Audited",
                            "finding",
                            "leases",
                            "partners",
                            "Fairlead-Service");
        }
        JsonNode document = json(node.get("/openapi.json", customer("ada")));
        assertThat(document.get("paths").propertyNames())
                .containsExactly(
                        "/items/shop/order",
                        "/items/shop/order/{key}",
                        "/changes/shop/order",
                        "/events/shop/purchase",
                        "/events/shop/purchase/{key}");
        assertThat(document.at("/paths/~1items~1shop~1order~1{key}").propertyNames())
                .containsExactly("get");
        assertThat(document.at("/components/schemas/shop.order/properties").propertyNames())
                .containsExactly("orderId", "status", "amount");
        JsonNode ending = json(node.get("/openapi.json", PARTNER)).at("/paths/~1items~1shop~1order/get");
        assertThat(ending.get("deprecated").asBoolean()).isTrue();
        assertThat(ending.at("/responses/200/headers").propertyNames())
                .contains("Deprecation", "Sunset", "RateLimit", "RateLimit-Policy", "Link");
    }

    @Test
    void theOperatorSeesBothAndNobodyElseSeesOthers() {
        for (String path : List.of("/openapi.json", "/asyncapi.json", "/docs")) {
            assertThat(node.get(path + "?for=customers").body())
                    .isEqualTo(node.get(path, customer("ada")).body());
            assertThat(node.get(path).body()).contains("margin");
            assertThat(problem(node.get(path + "?for=nobody"))).isEqualTo("not-found");
            assertThat(problem(node.get(path + "?for=customers", Caller.HEADER, "shop")))
                    .isEqualTo("not-operator");
            assertThat(problem(node.get(path + "?for=partners", customer("ada"))))
                    .isEqualTo("not-found");
        }
    }

    @Test
    void everyOperationAnswersAsItIsDescribed() {
        try (DescribedClient client = new DescribedClient(node, customer("ada"))) {
            String tag = RunningNode.header(client.call("get_shop.order", Map.of("key", "a1")), "ETag");
            client.call("get_shop.order", Map.of("key", "a1", "If-None-Match", tag));
            assertThat(client.call("get_shop.order", Map.of("key", "b1")).statusCode())
                    .isEqualTo(404);
            for (String accept : List.of(JSON, LINES)) {
                client.call("list_shop.order", Map.of("limit", "1"), null, accept);
                client.call("changes_shop.order", Map.of(), null, accept);
                client.call("read_shop.purchase", Map.of(), null, accept);
                client.call("history_shop.purchase", Map.of("key", "a1"), null, accept);
            }
            for (String accept : List.of("application/cloudevents+json", "application/cloudevents-batch+json")) {
                client.call("read_shop.purchase", Map.of(), null, accept);
                client.call("history_shop.purchase", Map.of("key", "a1"), null, accept);
            }
            HttpResponse<String> all = client.call("read_shop.purchase", Map.of());
            String end = json(all).get("next").asString();
            for (String operation : List.of("read_shop.purchase", "history_shop.purchase")) {
                Map<String, String> place = operation.startsWith("read")
                        ? Map.of("from", end, "mode", "binary")
                        : Map.of("from", end, "mode", "binary", "key", "a1");
                assertThat(client.call(operation, place).statusCode()).isEqualTo(204);
            }
            assertThat(client.unseen()).isEmpty();
        }
    }
}
