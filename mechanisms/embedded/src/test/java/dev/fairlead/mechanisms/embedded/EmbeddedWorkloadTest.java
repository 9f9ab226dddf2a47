package dev.fairlead.mechanisms.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.faults.AppendFault;
import dev.fairlead.testkit.faults.DeliveryFault;
import dev.fairlead.testkit.faults.FaultyMechanism;
import dev.fairlead.testkit.history.HistoryEvent;
import dev.fairlead.testkit.history.HistoryFile;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.workload.CallWorkload;
import dev.fairlead.testkit.workload.LogWorkload;
import dev.fairlead.testkit.workload.QueueWorkload;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The history of writers and readers at work obeys the rules, and a mechanism that breaks them is found out. */
class EmbeddedWorkloadTest {
    private static final String LOG = "embedded.workload-0";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"D0", "D1", "D2"})
    void allRulesHold(Durability durability) {
        try (Mechanism mechanism = Records.open(folder, durability)) {
            Verdict verdict = run(mechanism, durability);

            assertThat(verdict.witnesses()).isEmpty();
            assertThat(verdict.judged()).contains(Rule.A1, Rule.A9, Rule.A12, Rule.A16);
            assertThat(verdict.valid(8000, 0)).isTrue();
            assertThat(verdict.delivered()).isGreaterThan(3 * 8000);
        }
    }

    @Test
    void allRulesHoldWhenAppendsFailAndNobodyKnows() {
        try (FaultyMechanism faulty = faulty()) {
            faulty.onAppend(LOG, AppendFault.fail(ErrorCode.STORAGE_FULL).withChance(0.02));
            faulty.onAppend(LOG, AppendFault.unknownWritten().withChance(0.02));
            faulty.onAppend(LOG, AppendFault.unknownLost().withChance(0.02));
            Verdict verdict = run(faulty, Durability.D1);

            assertThat(verdict.witnesses()).isEmpty();
            assertThat(faulty.bites()).isGreaterThan(50);
            assertThat(verdict.valid(5000, 20)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"D0", "D2"})
    void eachMessageIsAcknowledgedOnceOrSetAside(Durability durability) {
        try (Mechanism mechanism = Records.open(folder, durability)) {
            Verdict verdict = QueueWorkload.run(mechanism, durability, 1, folder.resolve("history"));

            assertThat(verdict.witnesses()).isEmpty();
            assertThat(verdict.judged()).contains(Rule.A1, Rule.A2, Rule.A4, Rule.A10, Rule.A15);
            assertThat(verdict.valid(6000, 0)).isTrue();
        }
    }

    @Test
    void theWorkGoesOnAsLongAsItIsTo() {
        try (Mechanism mechanism = Records.open(folder, Durability.D0)) {
            AtomicInteger asked = new AtomicInteger();
            BooleanSupplier fifty = () -> asked.incrementAndGet() <= 50;
            LogWorkload.Settings ten = new LogWorkload.Settings(1, 1, 1, 10, Durability.D0, 1);
            Verdict records = LogWorkload.run(mechanism, ten, folder.resolve("records"), fifty);
            assertThat(records.acknowledged()).isGreaterThanOrEqualTo(49);
            assertThat(HistoryFile.read(folder.resolve("records")))
                    .filteredOn(event -> event.function() == HistoryEvent.Function.HEAL)
                    .extracting(HistoryEvent::type)
                    .containsExactly(HistoryEvent.Type.INVOKE, HistoryEvent.Type.OK);

            asked.set(40);
            Verdict messages = QueueWorkload.run(mechanism, Durability.D0, 1, folder.resolve("messages"), fifty);
            assertThat(messages.acknowledged()).isEqualTo(6000 + 10 * 25);
            assertThat(messages.witnesses()).isEmpty();
        }
    }

    @Test
    void eachQuestionHasOneOutcomeAndItsOwnAnswer() {
        try (Mechanism mechanism = Records.open(folder, Durability.D0)) {
            Verdict verdict = CallWorkload.run(mechanism, folder.resolve("history"));

            assertThat(verdict.witnesses()).isEmpty();
            assertThat(verdict.judged()).containsExactly(Rule.A14);
        }
    }

    @ParameterizedTest
    @CsvSource({"LOSES_A_MESSAGE, A15", "FORGETS_AN_ACKNOWLEDGEMENT, A10"})
    void aQueueThatDoesWrongOnceInFiveHundredTimesIsFound(WrongCarrier.Fault fault, Rule rule) {
        try (Mechanism mechanism = new WrongCarrier(Records.open(folder, Durability.D0), fault)) {
            Verdict verdict = QueueWorkload.run(mechanism, Durability.D0, 1, folder.resolve("history"));

            assertThat(verdict.breaches()).containsKey(rule);
        }
    }

    @Test
    void anAnswerThatBelongsToAnotherQuestionIsFound() {
        WrongCarrier.Fault fault = WrongCarrier.Fault.GIVES_THE_ANSWER_BEFORE;
        try (Mechanism mechanism = new WrongCarrier(Records.open(folder, Durability.D0), fault)) {
            assertThat(CallWorkload.run(mechanism, folder.resolve("history")).breaches())
                    .containsKey(Rule.A14);
        }
    }

    enum Wrong {
        DROP(DeliveryFault.drop(), Rule.A9),
        DUPLICATE(DeliveryFault.duplicate(), Rule.A5),
        REORDER(DeliveryFault.reorder(3), Rule.A5),
        DAMAGE(DeliveryFault.damage(), Rule.A4);

        final DeliveryFault fault;
        final Rule rule;

        Wrong(DeliveryFault fault, Rule rule) {
            this.fault = fault;
            this.rule = rule;
        }
    }

    @ParameterizedTest
    @EnumSource(Wrong.class)
    void whatGoesWrongOnceInAThousandIsFound(Wrong wrong) {
        try (FaultyMechanism faulty = faulty()) {
            faulty.onDelivery(LOG, wrong.fault.withChance(0.001));
            Verdict verdict = run(faulty, Durability.D1);

            assertThat(faulty.bites()).isPositive();
            assertThat(verdict.breaches()).containsKey(wrong.rule);
        }
    }

    private FaultyMechanism faulty() {
        return FaultyMechanism.around(Records.open(folder, Durability.D1), TimeSource.SYSTEM, 5);
    }

    private Verdict run(Mechanism mechanism, Durability durability) {
        return LogWorkload.run(
                mechanism, LogWorkload.Settings.defaults().withDurability(durability), folder.resolve("history"));
    }
}
