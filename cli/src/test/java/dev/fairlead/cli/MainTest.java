package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

    @Test
    void asksForACommand() {
        CommandRun run = CommandRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .matches("fairlead: name a command: plan, check, fmt, init.* \\(see `fairlead --help`\\)\\R");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void reportsWrongUsageOnOneLine() {
        assertThat(CommandRun.of("plna"))
                .isEqualTo(new CommandRun(
                        2, "", "fairlead: Unmatched argument at index 0: 'plna' (see `fairlead --help`)\n"));
        assertThat(CommandRun.of("plan"))
                .isEqualTo(new CommandRun(
                        2, "", "fairlead: Missing required parameter: 'DIR' (see `fairlead plan --help`)\n"));
        CommandRun format = CommandRun.of("plan", "x", "--format", "xml");
        assertThat(format.exitCode()).isEqualTo(2);
        assertThat(format.err())
                .contains("use text, json, markdown, mermaid or html, not 'xml'")
                .hasLineCount(1);
        assertThat(CommandRun.of("plan", "x", "--nope").err()).hasLineCount(1);
    }

    @Test
    void showsTheStackTraceOnlyWhenAsked() {
        assertThat(CommandRun.of("plan").err()).doesNotContain("\tat ");
        assertThat(CommandRun.of("--debug", "plan").err()).contains("\tat ");
        assertThat(CommandRun.of("plan", "--debug").err()).contains("\tat ");
    }

    @Test
    void tellsOnOneLineThatMemoryWasNotEnough() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new FairleadCommand()).setErr(new PrintWriter(err));

        assertThat(Failures.exhausted(new OutOfMemoryError("Java heap space"), command))
                .isEqualTo(ExitCode.BAD_VERDICT);
        assertThat(err.toString())
                .contains("Java heap space", "FAIRLEAD_JAVA_OPTIONS")
                .hasLineCount(1);
    }

    @Test
    void saysItsVersionAndHelps() {
        assertThat(CommandRun.of("--version").out()).startsWith("fairlead ");
        CommandRun help = CommandRun.of("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("plan", "fmt", "init", "Exit codes:", "130");
        assertThat(CommandRun.of("plan", "--help").out()).contains("--landscape", "--format", "--out");
    }
}
