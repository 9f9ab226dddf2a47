package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The market on real servers, which are found or started. */
@ExtendWith(OneAtATime.class)
class MarketOnServersTest {
    @ParameterizedTest
    @ValueSource(strings = {"sql", "redis", "kafka"})
    void theMarketRunsOn(String mechanism) {
        CommandRun run = CommandRun.of("demo", "trading", "--for", "6s", "--speed", "1000", "--mechanism", mechanism);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("eachServiceItsOwnProcess", "all 7 checks passed");
    }
}
