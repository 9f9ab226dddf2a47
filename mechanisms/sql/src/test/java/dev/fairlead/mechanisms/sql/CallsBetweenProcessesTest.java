package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.history.Verdict;
import dev.fairlead.testkit.process.ChildJvm;
import dev.fairlead.testkit.workload.CallWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Questions to another process, which hears of a letter by the database alone, and may be killed. */
class CallsBetweenProcessesTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private static SqlMechanism open(RealServer kind) {
        return SqlMechanism.open(new MechanismOpening(kind.shared(), Path.of("."), TimeSource.SYSTEM));
    }

    private static ChildJvm child(RealServer kind, String item) {
        Map<String, String> settings = kind.shared();
        return ChildJvm.of(AnsweringChild.class)
                .start(settings.getOrDefault("url", ""), settings.getOrDefault("user", ""), item)
                .awaitReady();
    }

    private static CompletableFuture<Answer> ask(SqlMechanism mechanism, String item, String text) {
        return mechanism.ask(item, new Question(new byte[0], text.getBytes(UTF_8)), LONG);
    }

    private static String text(CompletableFuture<Answer> outcome) {
        return outcome.join() instanceof Answer.Given given ? new String(given.payload(), UTF_8) : "";
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void anotherProcessAnswersUntilItIsKilled(RealServer kind) {
        String item = "processes.quote";
        try (SqlMechanism asker = open(kind);
                ChildJvm child = child(kind, item)) {
            for (int i = 0; i < 100; i++) {
                assertThat(text(ask(asker, item, "question " + i))).isEqualTo("question " + i);
            }
            CompletableFuture<Answer> held = ask(asker, item, "hold");
            assertThat(child.line()).isEqualTo("held");
            CompletableFuture<Answer> waiting = ask(asker, item, "waits");
            child.kill();

            assertThat(Outcomes.codeOf(held)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
            assertThat(Outcomes.codeOf(waiting)).isEqualTo(ErrorCode.UNREACHABLE);
            assertThat(Outcomes.codeOf(ask(asker, item, "nobody is left"))).isEqualTo(ErrorCode.UNREACHABLE);
            try (ChildJvm next = child(kind, item)) {
                assertThat(text(ask(asker, item, "next"))).isEqualTo("next");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void afterAKillAndANewStartTheNextProcessAnswersAtOnce(RealServer kind) {
        String item = "restarted.quote";
        try (ChildJvm killed = child(kind, item)) {
            killed.kill();
            try (ChildJvm next = child(kind, item);
                    SqlMechanism asker = open(kind)) {
                for (int i = 0; i < 20; i++) {
                    assertThat(text(ask(asker, item, "question " + i))).isEqualTo("question " + i);
                }
            }
        }
    }

    @Test
    void aWorkloadIsJudgedWell() {
        try (SqlMechanism mechanism = open(RealServer.POSTGRESQL)) {
            Verdict verdict = CallWorkload.run(mechanism, folder.resolve("history"));
            assertThat(verdict.breaches()).isEmpty();
        }
    }
}
