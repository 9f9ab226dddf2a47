package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The demos on real servers, which are found or started. */
class DemosOnServersTest {
    @ParameterizedTest
    @ValueSource(strings = {"sql", "redis", "kafka"})
    void theMarketRunsOn(String mechanism) {
        CommandRun run = CommandRun.of("demo", "trading", "--for", "6s", "--speed", "1000", "--mechanism", mechanism);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("eachServiceItsOwnProcess", "all 7 checks passed");
    }

    /** The node is a process of its own, started for the demo; a story kills it. */
    @ParameterizedTest
    @CsvSource({"trading, 8", "store, 21"})
    void runsOnANode(String landscape, int checks) {
        CommandRun run = CommandRun.of("demo", landscape, "--for", "5s", "--mechanism", "http");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.err()).contains("the node is http://127.0.0.1:");
        assertThat(run.out())
                .contains("killedServerLosesNothing", "eachServiceItsOwnProcess", "all " + checks + " checks passed");
    }

    /** Feeds, questions, tells, events and prices each go where a team might have them; only the landscape says so. */
    @Test
    void theStoreRunsOnFiveServersAtOnce() {
        Path landscape = Documents.root().resolve("examples/store/landscapes/several-servers.yaml");

        CommandRun run = CommandRun.of("demo", "store", "--for", "6s", "--landscape", landscape);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "checks passed",
                        "eachServiceItsOwnProcess",
                        "nobody is erased: kafka cannot erase profile.profile");
    }
}
