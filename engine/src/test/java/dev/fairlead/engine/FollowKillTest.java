package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.process.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
        try (EffectHistory history = new EffectHistory(folder.resolve("history"), EffectHistory.Sink.FORGETFUL)) {
            sell(plan, history);
            long middle = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                followAndKill(plan, 20 + new Random(kill).nextInt(1500), history);
                long noted = look(plan, history);
                middle += noted > 0 && noted < EVENTS ? 1 : 0;
            }
            history.healed();
            followToTheEnd(plan, history);
            Verdict verdict = history.verdict();

            assertThat(middle).as("kills in the middle of the log").isGreaterThan(KILLS / 2);
            assertThat(verdict.breaches().keySet())
                    .as("without an inbox a kill brings some events again, and that is all: " + verdict.witnesses())
                    .isSubsetOf(Rule.A10);
            assertThat(verdict.judged()).contains(Rule.A1, Rule.A2, Rule.A7, Rule.A8, Rule.A15, Rule.A16);
            assertThat(verdict.valid(EVENTS, 0)).isTrue();
        }
    }

    private static void sell(Path plan, EffectHistory history) {
        try (Fairlead checkout = SalePlan.open("checkout", plan, TimeSource.SYSTEM)) {
            Events<String, Sale> sales = checkout.events(SalePlan.SALES);
            List<CompletableFuture<?>> sent = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                sent.add(history.sendAsync(sales, i % KEYS, i / KEYS, i));
            }
            sent.forEach(CompletableFuture::join);
        }
    }

    private static void followAndKill(Path plan, int lines, EffectHistory history) {
        long epoch = history.assign();
        try (ChildJvm child = ChildJvm.of(FollowingChild.class).start(plan.toString())) {
            child.awaitReady();
            int handled = 0;
            for (String line = child.line(); line != null; line = child.line()) {
                history.effect(epoch, Long.parseLong(line));
                handled++;
                if (handled == lines) {
                    child.kill();
                }
            }
        }
    }

    /** Takes down what the killed one has left; returns how far it was. */
    private static long look(Path plan, EffectHistory history) {
        try (Fairlead shipping = SalePlan.open("shipping", plan, TimeSource.SYSTEM)) {
            Following<String, Sale> look = shipping.events(SalePlan.SALES)
                    .follow("labels", Handler.effect(happened -> new CountDownLatch(1).await()));
            history.parked(look, Type.INVOKE);
            history.committed(look);
            return look.status().done().offset();
        }
    }

    private static void followToTheEnd(Path plan, EffectHistory history) {
        long epoch = history.assign();
        try (Fairlead shipping = SalePlan.open("shipping", plan, TimeSource.SYSTEM)) {
            Following<String, Sale> last =
                    FollowingChild.follow(shipping.events(SalePlan.SALES), happened -> history.effect(epoch, happened));
            SaleDesk.awaitDone(last);
            assertThat(last.parked()).isNotEmpty();
            history.parked(last, Type.OK);
            history.committed(last);
        }
    }
}
