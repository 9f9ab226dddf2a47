package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.testkit.prove.HistoryProof;
import dev.fairlead.testkit.prove.Proven;
import dev.fairlead.testkit.prove.Prover;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** A proof that something ends in its middle gives what it has, and says what it has not. */
class BrokenProofTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String GROUP = "limits";

    private final List<String> steps = new ArrayList<>();

    private Proven proven(IntPredicate away) {
        LeavingServer server = new LeavingServer(away);
        Prover prover = new Prover(() -> server.data(Durability.D0), PATIENCE, 1);
        return prover.prove(GROUP::equals, steps::add);
    }

    private static Fairlead refuse(String service, Path plan, Mechanism mechanism) {
        throw new FairleadException(ErrorCode.DEADLINE, "the opening took too long");
    }

    private static String text(Proven proof) {
        StringWriter out = new StringWriter();
        new ProofText("redis", 1, Map.of(Durability.D0, proof)).print(new PrintWriter(out), List.of());
        return out.toString();
    }

    @Test
    void aServerThatWentAwayIsAskedForOnceMoreAndThenNoMore() {
        LeavingServer server = new LeavingServer(opening -> opening > 3);
        Proven proof = new Prover(() -> server.data(Durability.D0), PATIENCE, 1).prove(GROUP::equals, steps::add);

        assertThat(proof.away()).hasMessage("nobody is there");
        assertThat(proof.outcomes()).extracting(Prover.Outcome::passed).containsExactly(true, true, false);
        assertThat(proof.untried()).hasSize(2).noneMatch(Prover.Outcome::passed);
        assertThat(server.openings())
                .as("one asks, two pass, one fails, one more")
                .isEqualTo(5);
        assertThat(steps).hasSize(3).first().asString().startsWith("1 of 5 " + GROUP + ": ");
        assertThat(text(proof))
                .contains("2 of   5, 2 not tried", "3 checks, 1 failed, seed 1: redis is NOT proven (2 not tried)");
    }

    @Test
    void aServerThatWasAwayForAMomentIsProvenOn() {
        Proven proof = proven(opening -> opening == 3);

        assertThat(proof.away()).isNull();
        assertThat(proof.outcomes()).extracting(Prover.Outcome::passed).containsExactly(true, false, true, true, true);
        assertThat(proof.outcomes().get(1).detail())
                .as("does not repeat what it is the detail of")
                .isEqualTo("UNREACHABLE: nobody is there");
    }

    @Test
    void whatFailsWhenDataIsTakenAwayStandsBesideTheFirstFailure() {
        LeavingServer server = new LeavingServer(opening -> opening == 2);
        Prover prover = new Prover(() -> server.data(Durability.D0), PATIENCE, 1);
        server.keepData();
        Proven proof = prover.prove(GROUP::equals, steps::add);

        assertThat(proof.outcomes().getFirst().detail())
                .isEqualTo("UNREACHABLE: nobody is there; and then: STORAGE_ACCESS: it stays here");
    }

    @Test
    void aWorkloadThatFailsIsAFailedCheckOfTheHistoryAndTheOthersAreJudged() {
        Proven proof = HistoryProof.prove(
                () -> new ProvenMechanism(Durability.D0),
                HistoryProof.Weather.FAIR,
                1,
                BrokenProofTest::refuse,
                steps::add);

        assertThat(proof.away()).isNull();
        assertThat(proof.outcomes())
                .filteredOn(outcome -> !outcome.passed())
                .containsExactly(new Prover.Outcome(
                        HistoryProof.GROUP,
                        "events: the workload came to its end",
                        false,
                        "DEADLINE: the opening took too long"));
        assertThat(proof.outcomes()).extracting(Prover.Outcome::name).anyMatch(name -> name.startsWith("queue: A10 "));
        assertThat(steps).hasSize(4).first().asString().startsWith("1 of 4 history: log");
        assertThat(text(proof))
                .containsPattern("keep to the rules while many are at work +NOT proven")
                .contains("1 failed, seed 1: redis is NOT proven (its history failed)");
    }

    @Test
    void aHistoryWhoseServerIsAwayIsNotTried() {
        LeavingServer server = new LeavingServer(opening -> true);
        Proven proof = HistoryProof.prove(
                () -> server.data(Durability.D0), HistoryProof.Weather.FAIR, 1, BrokenProofTest::refuse, steps::add);

        assertThat(proof.away()).hasMessage("nobody is there");
        assertThat(proof.outcomes()).noneMatch(Prover.Outcome::passed);
        assertThat(new ProofText("redis", 1, Map.of(Durability.D0, proof))
                        .report(1)
                        .passed())
                .isFalse();
    }
}
