package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.ParkedEvent;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a follower in the middle of its work, again and again: nothing may be skipped, and nothing parked may be lost. */
@Tag("slow")
class FollowKillTest {
    private static final int EVENTS = 20_000;
    private static final int KEYS = 2_000;
    private static final int KILLS = 10;

    @TempDir
    Path folder;

    @Test
    void aKilledFollowerSkipsNoEventAndForgetsNoParkedKey() {
        Path plan = SalePlan.in(folder, "D1");
        try (Fairlead checkout = SalePlan.open("checkout", plan, TimeSource.SYSTEM)) {
            Events<String, Sale> sales = checkout.events(SalePlan.SALES);
            List<CompletableFuture<?>> appended = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                appended.add(sales.appendAsync("s" + i % KEYS, new ItemAdded("sku", i)));
            }
            appended.forEach(CompletableFuture::join);
        }
        Set<Long> handled = new HashSet<>();
        Set<Long> parkedBefore = Set.of();
        long noted = 0;
        long middle = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            handled.addAll(followAndKill(plan, 20 + new Random(kill).nextInt(1500)));
            try (Fairlead shipping = SalePlan.open("shipping", plan, TimeSource.SYSTEM)) {
                Following<String, Sale> look = shipping.events(SalePlan.SALES)
                        .follow("labels", Handler.effect(happened -> new CountDownLatch(1).await()));
                Set<Long> parked = parked(look);
                assertThat(parked).as("parked after kill %d", kill).containsAll(parkedBefore);
                parkedBefore = parked;
                noted = look.status().done().offset();
                for (long offset = 0; offset < noted; offset++) {
                    assertThat(handled.contains(offset) || parked.contains(offset))
                            .as("record %d below position %d after kill %d", offset, noted, kill)
                            .isTrue();
                }
            }
            middle += noted > 0 && noted < EVENTS ? 1 : 0;
        }
        assertThat(middle).as("kills in the middle of the log").isGreaterThan(KILLS / 2);
        assertThat(parkedBefore).isNotEmpty();
    }

    private static Set<Long> parked(Following<String, Sale> following) {
        Set<Long> offsets = new HashSet<>();
        Stream<ParkedEvent> events =
                following.parked().stream().map(ParkedKey::events).flatMap(List::stream);
        events.forEach(
                event -> assertThat(offsets.add(event.position().offset())).isTrue());
        return offsets;
    }

    private static Set<Long> followAndKill(Path plan, int lines) {
        try (ChildJvm child = ChildJvm.of(FollowingChild.class).start(plan.toString())) {
            child.awaitReady();
            Set<Long> handled = new HashSet<>();
            for (String line = child.line(); line != null; line = child.line()) {
                handled.add(Long.valueOf(line));
                if (handled.size() == lines) {
                    child.kill();
                }
            }
            return handled;
        }
    }
}
