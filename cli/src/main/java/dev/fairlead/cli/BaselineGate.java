package dev.fairlead.cli;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Place;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.Severity;
import dev.fairlead.planner.check.CheckFinding;
import dev.fairlead.planner.coupling.Baseline;
import dev.fairlead.planner.coupling.BaselineFault;
import dev.fairlead.planner.coupling.Drift;
import dev.fairlead.planner.coupling.JudgedPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Holds a plan against a committed baseline, and writes the baseline when it is told to; options of a command. */
final class BaselineGate {
    private static final int LONGEST = 16 * 1024 * 1024;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Fail when a warning is new or a measure worse than in this committed file.")
    private @Nullable Path file;

    @Option(names = "--update-baseline", description = "Write the baseline, unless it would get worse.")
    private boolean isUpdated;

    @Option(names = "--accept-worse", description = "With --update-baseline: write it even if it gets worse.")
    private boolean isWorseAccepted;

    /** What is worse than the baseline, each as an error; nothing without a baseline. May write the baseline. */
    List<CheckFinding> check(JudgedPlan judged, CommandLine command) {
        Path baseline = file;
        if (baseline == null) {
            if (isUpdated || isWorseAccepted) {
                throw new ParameterException(command, "name the file with --baseline FILE");
            }
            return List.of();
        }
        if (isWorseAccepted && !isUpdated) {
            throw new ParameterException(command, "--accept-worse goes with --update-baseline");
        }
        Baseline now = Baseline.of(judged);
        boolean isNew = !Files.exists(baseline);
        if (isNew && !isUpdated) {
            throw new ParameterException(
                    command, "there is no baseline " + baseline + " (write it with --update-baseline and commit it)");
        }
        Drift drift = isNew || isWorseAccepted ? new Drift(List.of(), List.of()) : drift(baseline, now, command);
        if (isUpdated && drift.worse().isEmpty()) {
            write(baseline, now, command);
        } else if (!isUpdated && !drift.better().isEmpty()) {
            command.getErr()
                    .println("fairlead: " + drift.better().size()
                            + " better than the baseline: keep it so with --update-baseline");
        }
        Place place = new Place(baseline.toString().replace('\\', '/'), 1, 1);
        return drift.worse().stream()
                .map(each -> new Finding(Rule.WORSE_THAN_BASELINE, Severity.ERROR, message(each), place))
                .map(CheckFinding::of)
                .toList();
    }

    private String message(String worse) {
        return worse + (isUpdated ? "; the baseline was not written" : "")
                + " (put it right, or accept it with --update-baseline --accept-worse)";
    }

    private static Drift drift(Path file, Baseline now, CommandLine command) {
        try {
            if (Files.size(file) > LONGEST) {
                throw new ParameterException(command, file + " is too large for a baseline");
            }
            return Drift.between(Baseline.read(Files.readString(file)), now);
        } catch (BaselineFault fault) {
            throw new ParameterException(command, file + ":" + fault.line() + ":1: " + fault.getMessage(), fault);
        } catch (IOException failed) {
            throw new ParameterException(
                    command, "cannot read --baseline " + file + ": " + FileFault.words(failed), failed);
        }
    }

    private static void write(Path file, Baseline now, CommandLine command) {
        try {
            Files.write(file, now.text().getBytes(StandardCharsets.UTF_8));
            command.getErr().println("fairlead: " + file + " is written; commit it");
        } catch (IOException failed) {
            throw new ParameterException(
                    command, "cannot write --baseline " + file + ": " + FileFault.words(failed), failed);
        }
    }
}
