package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bench nothing | there is no benchmark nothing (use log, copy, feed, request, plan, node, servers)
            bench log --mechanism redis | are for bench servers
            bench request --mechanism redis | are for bench servers
            bench plan --mechanism redis | are for bench servers
            bench log --url redis://localhost | are for bench servers
            bench servers --url redis://localhost | name its mechanism with --mechanism
            bench servers --mechanism embedded | (use kafka, rabbitmq, activemq, sql, redis)
            """)
    void optionsThatDoNotGoTogetherAreRefusedBeforeAnythingStarts(String command, String said) {
        CommandRun run = CommandRun.of((Object[]) command.split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(run.err()).contains(said);
    }
}
