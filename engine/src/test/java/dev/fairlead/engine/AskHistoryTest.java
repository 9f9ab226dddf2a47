package dev.fairlead.engine;

import static dev.fairlead.engine.Shop.ORDERED;
import static dev.fairlead.engine.Shop.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Answering;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.Shop.Amount;
import dev.fairlead.engine.Shop.QuoteQuestion;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.testkit.SettableTime;
import dev.fairlead.testkit.history.HistoryChecker;
import dev.fairlead.testkit.history.HistoryEvent;
import dev.fairlead.testkit.history.HistoryEvent.Function;
import dev.fairlead.testkit.history.HistoryEvent.Type;
import dev.fairlead.testkit.history.HistoryFile;
import dev.fairlead.testkit.history.HistoryRecorder;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand questions over a carrier that loses, forges, swaps and doubles answers, while their handler comes and goes. */
@Timeout(120)
class AskHistoryTest {
    private static final int ASKERS = 4;
    private static final int EACH = 25_000;
    private static final int ASIDE = 1_000_000;
    private static final int AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LongAdder outcomes = new LongAdder();

    @TempDir
    Path folder;

    private final SettableTime time = SettableTime.create();
    private Shop shop;
    private EmbeddedMechanism inner;
    private UnreliableCalls carrier;
    private Fairlead till;

    @BeforeEach
    void open() {
        shop = new Shop(folder, time);
        inner = EmbeddedMechanism.open(new MechanismOpening(Map.of("durability", "D0"), folder, time));
        carrier = new UnreliableCalls(inner, time, 1);
        till = shop.open("till", carrier);
    }

    @AfterEach
    void close() {
        shop.close();
        inner.close();
    }

    @Test
    void eachQuestionHasOneOutcomeAndItsOwnAnswer() throws Exception {
        Path file = folder.resolve("history");
        try (HistoryRecorder history = HistoryRecorder.create(file)) {
            Handlers handlers = new Handlers(shop.open("shop", inner), history);
            try (ExecutorService askers = Executors.newFixedThreadPool(ASKERS)) {
                for (int asker = 0; asker < ASKERS; asker++) {
                    int me = asker;
                    askers.submit(() -> ask(history, me));
                }
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
                    time.advance(Duration.ofMillis(500));
                    handlers.comeAndGo();
                    return outcomes.sum() == ASKERS * EACH;
                });
            }
            // A letter that came twice may find its handler only now, which waits for the deadline.
            await().atMost(PATIENCE).until(() -> {
                time.advance(Duration.ofMillis(500));
                return handlers.underWay() == 0;
            });
            assertThat(handlers.late()).isPositive();
        }
        Verdict verdict = HistoryChecker.check(HistoryFile.read(file));

        assertThat(verdict.witnesses()).isEmpty();
        assertThat(verdict.judged()).contains(Rule.A14, Rule.A16);
        assertThat(till.statistics(ORDERED).underWay()).isZero();
        assertThat(till.statistics(ORDERED).asked()).isEqualTo(ASKERS * EACH);
        assertThat(till.statistics(ORDERED).answered()).isGreaterThan(20_000);
        assertThat(till.statistics(ORDERED).foreign()).isGreaterThan(100);
        assertThat(till.statistics(ORDERED).unknown()).isGreaterThan(100);
        assertThat(carrier.doubled()).isGreaterThan(100);
        assertThat(carrier.lost()).isPositive();
    }

    /** Two handlers, of which one or the other is closed and opened again now and then, and once both. */
    private final class Handlers {
        private static final long ROUND = 8_000;

        private final Fairlead owner;
        private final HistoryRecorder history;
        private final List<Answering> all = new ArrayList<>();
        private final Answering[] open;
        private long next = ROUND;
        private int round;

        Handlers(Fairlead owner, HistoryRecorder history) {
            this.owner = owner;
            this.history = history;
            this.open = new Answering[] {answer(), answer()};
        }

        void comeAndGo() {
            if (outcomes.sum() < next) {
                return;
            }
            next += ROUND;
            round++;
            if (round == 5) {
                open[0].close();
                open[1].close();
                open[0] = answer();
            } else {
                open[round % 2].close();
            }
            open[round % 2] = answer();
        }

        private Answering answer() {
            Answering answering = owner.answer(ORDERS, (question, asked) -> {
                long asker = Long.parseLong(question.sku());
                note(history, Type.OK, Function.ANSWER, asker, question.quantity(), 0);
                while (question.quantity() % 1000 == 7 && !asked.left().isZero()) {
                    LockSupport.parkNanos(100_000); // its answer comes when nobody waits for it any more
                }
                return Shop.quote(asker * ASIDE + question.quantity() + ".00");
            });
            all.add(answering);
            return answering;
        }

        long late() {
            return all.stream().mapToLong(each -> each.statistics().late()).sum();
        }

        long underWay() {
            return all.stream().mapToLong(each -> each.statistics().underWay()).sum();
        }
    }

    private void ask(HistoryRecorder history, int asker) {
        Semaphore room = new Semaphore(AT_ONCE);
        for (int number = 0; number < EACH; number++) {
            int name = number;
            room.acquireUninterruptibly();
            note(history, Type.INVOKE, Function.ASK, asker, name, 0);
            till.askAsync(ORDERED, new QuoteQuestion(String.valueOf(asker), name))
                    .whenComplete((answer, failure) -> {
                        outcome(history, asker, name, answer, failure);
                        outcomes.increment();
                        room.release();
                    });
        }
        room.acquireUninterruptibly(AT_ONCE);
    }

    private static void outcome(HistoryRecorder history, int asker, int name, Amount answer, Throwable failure) {
        if (failure == null) {
            long amount = answer.amount().longValueExact();
            int checksum = HistoryEvent.checksum(0, amount / ASIDE, amount % ASIDE);
            note(history, Type.OK, Function.ASK, asker, name, checksum);
            return;
        }
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        boolean unknown = cause instanceof FairleadException known
                && (known.code() == ErrorCode.OUTCOME_UNKNOWN || known.code() == ErrorCode.DEADLINE);
        note(history, unknown ? Type.INFO : Type.FAIL, Function.ASK, asker, name, 0);
    }

    private static void note(
            HistoryRecorder history, Type type, Function function, long asker, long number, int checksum) {
        history.note(1, type, function, 0, asker, number, -1, 0, checksum);
    }
}
