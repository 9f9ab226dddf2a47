package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineGateTest {
    @TempDir
    private Path folder;

    private Path plan;
    private Path baseline;

    @BeforeEach
    void beginAPlan() {
        plan = folder.resolve("plan");
        baseline = folder.resolve("baseline.txt");
        assertThat(CommandRun.of("init", plan).exitCode()).isZero();
    }

    private CommandRun check(Object... more) {
        Object[] arguments = new Object[4 + more.length];
        System.arraycopy(new Object[] {"check", plan, "--baseline", baseline}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments);
    }

    private void worsen() throws IOException {
        Files.writeString(plan.resolve("vague.yaml"), "service: vague\nneeds:\n  catalog.product: { uses: [ sku ] }\n");
    }

    @Test
    void whatIsNoTextIsToldInPlainWords() throws IOException {
        Files.write(baseline, new byte[] {(byte) 0xff, (byte) 0xfe});

        CommandRun run = check();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("it is not UTF-8 (restore the file)").hasLineCount(1);
    }

    @Test
    void aBaselineIsWrittenAndHeld() throws IOException {
        CommandRun written = check("--update-baseline");
        assertThat(written.exitCode()).isZero();
        assertThat(written.err()).isEqualTo("fairlead: " + baseline + " is written; commit it\n");
        assertThat(check()).extracting(CommandRun::exitCode, CommandRun::err).containsExactly(0, "");

        worsen();
        CommandRun worse = check("--format", "json");

        assertThat(worse.exitCode()).isEqualTo(1);
        assertThat(worse.out())
                .contains("worse-than-baseline", "new warning freshness-unlimited vague needs catalog.product");
    }

    @Test
    void anUpdateThatWouldMakeItWorseIsRefusedUnlessItIsAccepted() throws IOException {
        check("--update-baseline");
        String before = Files.readString(baseline);
        worsen();

        CommandRun refused = check("--update-baseline");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).contains("the baseline was not");
        assertThat(Files.readString(baseline)).isEqualTo(before);

        assertThat(check("--update-baseline", "--accept-worse").exitCode()).isZero();
        assertThat(Files.readString(baseline)).contains("warning freshness-unlimited vague needs catalog.product 1\n");
        Files.delete(plan.resolve("vague.yaml"));
        CommandRun better = check();
        assertThat(better.exitCode()).isZero();
        assertThat(better.err()).contains("better than the baseline: keep it so with --update-baseline");
    }

    @Test
    void theSamePlanWritesTheSameBytes() throws IOException {
        check("--update-baseline");
        String once = Files.readString(baseline);
        check("--update-baseline");

        assertThat(Files.readString(baseline)).isEqualTo(once);
    }

    @Test
    void aMissingOrBrokenBaselineIsWrongInput() throws IOException {
        CommandRun missing = check();
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("there is no baseline").hasLineCount(1);

        Files.writeString(baseline, "baseline 1\nsiy many\n");
        CommandRun broken = check();
        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.err())
                .contains(baseline + ":2:1: this line has no number at its end")
                .hasLineCount(1);
        CommandRun unnamed = CommandRun.of("check", plan, "--update-baseline");
        assertThat(unnamed.exitCode()).isEqualTo(2);
        assertThat(unnamed.err()).contains("--baseline FILE");
    }
}
