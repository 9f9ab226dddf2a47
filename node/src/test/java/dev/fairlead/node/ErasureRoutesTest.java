package dev.fairlead.node;

import static dev.fairlead.node.Guarded.byKey;
import static dev.fairlead.node.RunningNode.json;
import static dev.fairlead.node.RunningNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An owner in any language erases a person, and sees who has; each erasure is noted. */
class ErasureRoutesTest {
    private static final String CANARY = "Rumpelstilzchen";

    @TempDir
    Path folder;

    private RunningNode node;

    @BeforeEach
    void start() {
        node = RunningNode.guarded(folder, Guarded.in(folder).file());
        assertThat(node.put("/items/profile/profile/k1", NodePlan.profile("k1", CANARY), byKey("profile"))
                        .statusCode())
                .isEqualTo(201);
        assertThat(node.send(
                                "POST",
                                "/events/profile/sale/k1?type=CouponApplied",
                                "{\"code\":\"" + CANARY + "\"}",
                                byKey("profile"))
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private List<Path> withCanary() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private Stream<String> erasures() {
        return Guarded.audit(folder).lines().filter(line -> line.contains("\"erasure\""));
    }

    @Test
    void nothingOfAnErasedKeyIsLeft() throws IOException {
        assertThat(withCanary()).isNotEmpty();

        HttpResponse<String> state = node.send("POST", "/items/profile/profile/k1/erase", null, byKey("profile"));
        HttpResponse<String> events = node.send("POST", "/events/profile/sale/k1/erase", null, byKey("profile"));

        assertThat(state.statusCode()).as(state.body()).isEqualTo(200);
        assertThat(json(state).get("item").asString()).isEqualTo("profile.profile");
        assertThat(holder(json(state), "profile/log").get("done").asBoolean()).isTrue();
        assertThat(holder(json(events), "profile/log").get("done").asBoolean()).isTrue();
        assertThat(withCanary()).isEmpty();
        assertThat(node.get("/items/profile/profile/k1", byKey("profile")).statusCode())
                .isEqualTo(404);
        assertThat(node.get("/events/profile/sale/k1", byKey("profile")).body()).contains("\"events\":[]");
        assertThat(node.get("/changes/profile/profile", byKey("billing")).body())
                .contains("\"removed\":true");
    }

    private static JsonNode holder(JsonNode erasure, String name) {
        for (JsonNode holder : erasure.get("holders")) {
            if (holder.get("name").asString().equals(name)) {
                return holder;
            }
        }
        throw new AssertionError(name + " is not in " + erasure);
    }

    @Test
    void theOwnerSeesWhoHasErasedAndWhoHasNot() {
        node.send("POST", "/items/profile/profile/k1/erase", null, byKey("profile"));

        JsonNode erasures =
                json(node.get("/erasures/profile/profile", byKey("profile"))).get("erasures");

        assertThat(erasures.size()).isEqualTo(1);
        assertThat(erasures.get(0).get("key").asString()).isEqualTo("k1");
        assertThat(erasures.get(0).get("complete").asBoolean()).isFalse();
        assertThat(holder(erasures.get(0), "billing/copy").get("done").asBoolean())
                .as("a reader that may keep what it has read, and says nothing of it")
                .isFalse();
        assertThat(json(node.get("/erasures/profile/sale", byKey("profile")))
                        .get("erasures")
                        .size())
                .isZero();
        assertThat(problem(node.get("/erasures/profile/profile", byKey("billing"))))
                .isEqualTo("not-owner");
    }

    @Test
    void s42EachErasureIsNotedWithoutTheKeyAndOneThatIsRefusedIsNot() {
        HttpResponse<String> refused = node.send("POST", "/items/profile/profile/k1/erase", null, byKey("billing"));
        assertThat(problem(refused)).isEqualTo("not-owner");
        assertThat(erasures()).isEmpty();

        node.send("POST", "/items/profile/profile/k1/erase", null, byKey("profile"));

        assertThat(erasures())
                .singleElement()
                .asString()
                .contains("profile.profile", "POST /items/{owner}/{item}/{key}/erase", "\"profile\"")
                .doesNotContain("k1");
    }

    @Test
    void s42AnErasureThroughTheMechanismIsNotedToo() {
        node.send("POST", "/mechanism/logs/profile.profile/erase", "", withOpening(byKey("profile")));

        assertThat(erasures())
                .singleElement()
                .asString()
                .contains("profile.profile", "POST /mechanism/logs/{log}/erase");
    }

    private static String[] withOpening(String... proof) {
        return new String[] {proof[0], proof[1], "Fairlead-Opening", "one"};
    }
}
