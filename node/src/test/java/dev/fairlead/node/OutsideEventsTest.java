package dev.fairlead.node;

import static dev.fairlead.node.OutsidePlan.CANARY;
import static dev.fairlead.node.OutsidePlan.customer;
import static dev.fairlead.node.OutsidePlan.happened;
import static dev.fairlead.node.RunningNode.header;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events as outside clients get them. */
class OutsideEventsTest {
    private static final String EVENTS = "/events/shop/purchase";

    @TempDir
    private Path folder;

    private RunningNode node;

    @BeforeEach
    void start() {
        node = RunningNode.in(folder, OutsidePlan.in(folder), NodeTimes.defaults());
        OutsidePlan.fill(node);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static String events(HttpResponse<String> page) {
        return json(page).get("events").toString().replaceAll("\"time\":\"[^\"]*\"", "\"time\":\"…\"");
    }

    @Test
    void aViewShowsItsEventsWithItsFields() {
        assertThat(events(node.get(EVENTS, customer("bob.brown"))))
                .isEqualTo(
                        "[{\"key\":\"b1\",\"version\":1,\"time\":\"…\",\"type\":\"Placed\",\"event\":{\"sku\":\"lantern\"}},"
                                + "{\"key\":\"b1\",\"version\":3,\"time\":\"…\",\"type\":\"Cancelled\",\"event\":{\"why\":\"bob.brown changed the mind\"}}]");
        assertThat(events(node.get(EVENTS, NamedClient.HEADER, "partners?order=a1")))
                .isEqualTo("[{\"key\":\"a1\",\"version\":1,\"time\":\"…\",\"type\":\"Placed\",\"event\":{}}]");
    }

    @Test
    void aPageIsNotEmptyWhileThereIsMoreAndEnds() {
        HttpResponse<String> first = node.get(EVENTS + "?limit=1", customer("bob.brown"));
        HttpResponse<String> second =
                node.get(EVENTS + "?limit=1&from=" + header(first, "Fairlead-Next"), customer("bob.brown"));
        HttpResponse<String> third =
                node.get(EVENTS + "?limit=1&from=" + header(second, "Fairlead-Next"), customer("bob.brown"));

        assertThat(events(first)).contains("lantern");
        assertThat(events(second)).contains("bob.brown changed the mind");
        assertThat(events(third)).isEqualTo("[]");
        assertThat(header(third, "Fairlead-Next")).isEqualTo(header(second, "Fairlead-Next"));
        assertThat(json(first).get("passedOver").asInt()).isZero();
    }

    @Test
    void aCursorHoldsOverARestartForItsClientOnly() {
        String next = header(node.get(EVENTS, customer("ada")), "Fairlead-Next");
        node.close();
        node = RunningNode.in(folder, OutsidePlan.in(folder), NodeTimes.defaults());
        happened(node, "b2", "Cancelled", "{\"customer\":\"bob.brown\",\"reason\":\"x\"}");
        happened(node, "a2", "Cancelled", "{\"customer\":\"ada\",\"reason\":\"late\"}");

        assertThat(events(node.get(EVENTS + "?from=" + next, customer("ada"))))
                .isEqualTo(
                        "[{\"key\":\"a2\",\"version\":1,\"time\":\"…\",\"type\":\"Cancelled\",\"event\":{\"why\":\"late\"}}]");
        assertThat(problem(node.get(EVENTS + "?from=" + next, customer("bob.brown"))))
                .isEqualTo("must-refetch");
        assertThat(problem(node.get(EVENTS + "?from=1:shop.purchase:2", customer("ada"))))
                .isEqualTo("bad-request");
    }

    @Test
    void cloudEventsAreProjectedToo() {
        for (String type : new String[] {"application/cloudevents+json", "application/cloudevents-batch+json"}) {
            assertThat(node.get(EVENTS, NamedClient.HEADER, "customers?sub=ada", "Accept", type)
                            .body())
                    .contains("\"sku\":\"lantern\"")
                    .doesNotContain(CANARY, "bob.brown");
        }
        HttpResponse<String> binary = node.get(EVENTS + "?mode=binary", customer("ada"));
        assertThat(binary.body()).isEqualTo("{\"sku\":\"lantern\"}");
        assertThat(header(binary, "ce-type")).isEqualTo("shop.purchase.Placed");
    }
}
