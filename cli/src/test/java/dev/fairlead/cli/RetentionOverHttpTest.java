package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.testkit.SettableTime;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader of events whose place retention has passed hears of it, and is not led past what it missed. */
class RetentionOverHttpTest {
    private static final String SALES = "/events/shop/sale";

    @TempDir
    Path folder;

    @Test
    void aCursorThatRetentionHasPassedMustRefetch() throws Exception {
        String cursor;
        try (ShopNode node = ShopNode.in(folder, "embedded: { }", 0)) {
            cursor = node.json("GET", SALES, null).get("next").asString();
            for (int i = 0; i < 3; i++) {
                node.send("POST", SALES + "/S1?type=Paid", "{\"amount\":" + i + "}");
            }
            assertThat(node.json("GET", SALES + "?from=" + cursor, null).get("events"))
                    .hasSize(3);
        }
        passTime();
        try (ShopNode node = ShopNode.in(folder, "embedded: { }", 0)) {
            for (String path : new String[] {SALES, SALES + "/S1"}) {
                HttpResponse<String> passed = node.send("GET", path + "?from=" + cursor, null);
                assertThat(passed.statusCode()).isEqualTo(410);
                assertThat(passed.body()).contains("/problems/must-refetch");
            }
            String next = node.json("GET", SALES, null).get("next").asString();
            node.send("POST", SALES + "/S2?type=Paid", "{\"amount\":9}");
            assertThat(node.json("GET", SALES + "?from=" + next, null).get("events"))
                    .hasSize(1);
        }
    }

    /** Two hours later, when an hour is kept. */
    private void passTime() {
        SettableTime later = SettableTime.at(Instant.now().plus(Duration.ofHours(2)));
        Map<String, String> settings = Map.of("data", folder.resolve("data").toString());
        try (EmbeddedMechanism store = EmbeddedMechanism.open(new MechanismOpening(settings, folder, later))) {
            store.applyRetention();
        }
    }
}
