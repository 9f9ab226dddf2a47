package dev.fairlead.node;

import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LeaseRoutesTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String WELCOME = "/requests/profile/welcome";

    @TempDir
    Path folder;

    private static String welcome(String customer) {
        return "{\"customerId\":\"%s\"}".formatted(customer);
    }

    private static HttpResponse<String> tell(RunningNode node, String customer, String... headers) {
        return node.send("POST", WELCOME, welcome(customer), headers);
    }

    @Test
    void whatIsToldIsKeptUntilItIsAcknowledgedAndOutlivesTheNode() {
        JsonNode taken;
        try (RunningNode node = RunningNode.in(folder)) {
            HttpResponse<String> told = tell(node, "c1", "Fairlead-Service", "billing", "Idempotency-Key", "first");
            assertThat(told.statusCode()).isEqualTo(202);
            assertThat(json(told).get("durability").asString()).isEqualTo("D2");
            assertThat(tell(node, "c1", "Fairlead-Service", "billing", "Idempotency-Key", "first")
                            .body())
                    .isEqualTo(told.body());
            tell(
                    node,
                    "c2",
                    "Fairlead-Not-Before",
                    Instant.now().plus(Duration.ofDays(1)).toString());
            Worker owner = Worker.of(node, "profile", "profile.welcome");
            List<JsonNode> leases = owner.take("&limit=10");
            assertThat(leases).as("told once, and the other is for tomorrow").hasSize(1);
            taken = leases.getFirst();
            assertThat(taken.get("question").toString()).isEqualTo(welcome("c1"));
            assertThat(taken.get("key")).isEqualTo(json(told).get("key"));
        }
        try (RunningNode node = RunningNode.in(folder)) {
            Worker owner = Worker.of(node, "profile", "profile.welcome");
            assertThat(problem(owner.acknowledge(taken, null))).isEqualTo("lease-over");
            JsonNode again = owner.one();
            assertThat(again.get("key")).isEqualTo(taken.get("key"));
            assertThat(problem(Worker.of(node, "billing", "profile.welcome").acknowledge(again, null)))
                    .as("a lease of somebody else")
                    .isEqualTo("lease-over");
            assertThat(owner.acknowledge(again, null).statusCode()).isEqualTo(204);
            assertThat(problem(owner.acknowledge(again, null))).isEqualTo("lease-over");
            assertThat(json(node.send("POST", "/leases/profile/welcome", null)).get("leases"))
                    .isEmpty();
        }
    }

    @Test
    void whatFailsForGoodIsADeadLetterThatTheOperatorSendsAgain() {
        try (RunningNode node = RunningNode.in(folder)) {
            Worker owner = Worker.of(node, "profile", "profile.welcome");
            tell(node, "c3");
            for (int attempt = 1; attempt <= 2; attempt++) {
                JsonNode lease = owner.one();
                assertThat(lease.get("attempt").asInt()).isEqualTo(attempt);
                assertThat(owner.settle(lease, "give-back?delay=1", null).statusCode())
                        .isEqualTo(204);
            }
            tell(node, "c4");
            assertThat(owner.settle(owner.one(), "set-aside", "{\"message\":\"no such customer\"}")
                            .statusCode())
                    .isEqualTo(204);

            assertThat(problem(node.get("/dead-letters/profile/welcome", "Fairlead-Service", "profile")))
                    .isEqualTo("not-operator");
            JsonNode letters = json(node.get("/dead-letters/profile/welcome")).get("deadLetters");
            assertThat(letters).hasSize(2);
            assertThat(letters.get(1).get("error").asString()).isEqualTo("no such customer");
            String first = "/dead-letters/profile/welcome/"
                    + letters.get(0).get("number").asLong();
            assertThat(node.get(first).body()).isEqualTo(welcome("c3"));
            assertThat(node.send("POST", first + "/redrive", null).statusCode()).isEqualTo(204);
            assertThat(node.send("POST", first + "/redrive", null).statusCode()).isEqualTo(404);
            assertThat(owner.one().get("question").toString()).isEqualTo(welcome("c3"));
            String second = "/dead-letters/profile/welcome/"
                    + letters.get(1).get("number").asLong();
            assertThat(node.send("DELETE", second, null).statusCode()).isEqualTo(400);
            assertThat(node.send("DELETE", second + "?reason=a+test", null).statusCode())
                    .isEqualTo(204);
            assertThat(json(node.get("/dead-letters/profile/welcome")).get("deadLetters"))
                    .isEmpty();
        }
    }

    @Test
    void aGroupTakesItsEventsInOrderPerKeyAndGoesOnAfterARestart() {
        List<String> done = new ArrayList<>();
        try (RunningNode node = RunningNode.in(folder)) {
            for (int i = 0; i < 4; i++) {
                append(node, "s" + i % 2, i);
            }
            node.send("POST", "/events/profile/sale/s0?type=CouponApplied", "{\"code\":\"SECRET\"}");
            Worker packing = Worker.ofGroup(node, "shipping", "profile.sale", "packing");
            while (done.size() < 3) {
                for (JsonNode lease : packing.take("&limit=10")) {
                    assertThat(lease.get("event").toString())
                            .as("the field that shipping uses")
                            .matches("\\{\"sku\":\"A\\d\"}");
                    if (done.size() < 3) {
                        done.add(named(lease));
                        assertThat(packing.acknowledge(lease, null).statusCode())
                                .isEqualTo(204);
                    }
                }
            }
            assertThat(done).containsSubsequence("s0" + 1).containsAnyOf("s02", "s12");
            assertThat(problem(Worker.ofGroup(node, "billing", "profile.sale", "packing")
                            .poll("")))
                    .isEqualTo("not-declared");
            assertThat(problem(Worker.ofGroup(node, "shipping", "profile.sale", "No Group")
                            .poll("")))
                    .isEqualTo("bad-request");
        }
        try (RunningNode node = RunningNode.in(folder)) {
            Worker packing = Worker.ofGroup(node, "shipping", "profile.sale", "packing");
            Set<String> handled = new HashSet<>(done); // what was acknowledged last may come again
            await().atMost(SOON).until(() -> {
                for (JsonNode lease : packing.take("&limit=10")) {
                    assertThat(packing.acknowledge(lease, null).statusCode()).isEqualTo(204);
                    handled.add(named(lease));
                }
                return handled.equals(Set.of("s01", "s02", "s11", "s12"));
            });
            append(node, "s9", 9);
            await().atMost(SOON).until(() -> {
                JsonNode lease = packing.one();
                assertThat(packing.acknowledge(lease, null).statusCode()).isEqualTo(204);
                return named(lease).equals("s91");
            });
        }
    }

    private static String named(JsonNode lease) {
        return lease.get("key").asString() + lease.get("version").asInt();
    }

    @Test
    void anEventWhoseLeaseIsOverComesAgainAndItsKeyIsParkedAfterTheLastAttempt() {
        try (RunningNode node = RunningNode.in(folder)) {
            append(node, "t1", 1);
            append(node, "t1", 2);
            append(node, "t2", 3);
            Worker packing = Worker.ofGroup(node, "shipping", "profile.sale", "packing");
            List<JsonNode> attempts = new ArrayList<>();
            List<String> others = new ArrayList<>();
            await().atMost(SOON).until(() -> {
                for (JsonNode lease : packing.take(attempts.isEmpty() ? "&lease=1" : "&lease=600")) {
                    if (lease.get("key").asString().equals("t1")) {
                        attempts.add(lease);
                    } else {
                        others.add(lease.get("key").asString() + lease.get("version"));
                        packing.acknowledge(lease, null);
                    }
                }
                return attempts.size() >= 2;
            });
            assertThat(attempts).allMatch(lease -> lease.get("version").asInt() == 1);
            assertThat(problem(packing.acknowledge(attempts.getFirst(), null))).isEqualTo("lease-over");
            assertThat(packing.settle(attempts.getLast(), "set-aside", "{\"message\":\"broken\"}")
                            .statusCode())
                    .isEqualTo(204);
            append(node, "t3", 4);
            await().atMost(SOON).until(() -> {
                packing.take("").forEach(lease -> {
                    others.add(lease.get("key").asString() + lease.get("version"));
                    packing.acknowledge(lease, null);
                });
                return others.contains("t31");
            });
            assertThat(others).as("t1 is parked, and its second event with it").containsOnly("t21", "t31");
        }
    }

    private static void append(RunningNode node, String key, int number) {
        HttpResponse<String> appended = node.send(
                "POST",
                "/events/profile/sale/" + key + "?type=ItemAdded",
                "{\"sku\":\"A%d\",\"quantity\":%d}".formatted(number, number));
        assertThat(appended.statusCode()).isEqualTo(201);
    }
}
