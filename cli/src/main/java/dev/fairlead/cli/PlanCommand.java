package dev.fairlead.cli;

import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.planner.lock.LockFile;
import dev.fairlead.planner.lock.LockResult;
import dev.fairlead.planner.report.HtmlReport;
import dev.fairlead.planner.report.MarkdownReport;
import dev.fairlead.planner.report.MermaidReport;
import dev.fairlead.planner.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Merges, validates and decides a plan, and prints what came of it; changes nothing but the lock, and that only when told to. */
@Command(
        name = "plan",
        description = "Merge, validate and decide a plan; print the decisions with reasons, findings and metrics.")
final class PlanCommand implements Callable<Integer> {
    /** The exit code that says that the lock would change. */
    private static final int CHANGED = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Mixin
    private PlanChoice chosen = new PlanChoice();

    @Option(
            names = "--format",
            paramLabel = "text|json|markdown|mermaid|html",
            converter = PlanFormat.Converter.class,
            description = "How the report is written; text if not given.")
    private PlanFormat format = PlanFormat.TEXT;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the report to this file.")
    private @Nullable Path out;

    @Option(
            names = "--explain",
            paramLabel = "ITEM@SERVICE",
            description = "Tell one decision instead, for example profile.profile@billing.")
    private @Nullable String explained;

    @Option(
            names = "--write-lock",
            description = "Write what was decided beside the landscape, for the runtime to open by.")
    private boolean writesLock;

    @Option(
            names = "--detailed-exitcode",
            description = "End with 0 when the lock is that of the plan, 1 on any error, 2 when it would change.")
    private boolean isDetailed;

    @Override
    public Integer call() {
        PlanResult result = PlanReader.read(chosen.folders(), chosen.landscape());
        Plan plan = result.plan();
        if (plan == null) {
            return undecided(result.findings());
        }
        Decisions decisions = Decisions.decide(plan);
        if (decisions.findings().stream().anyMatch(Finding::isInputError)) {
            return undecided(Stream.concat(result.findings().stream(), decisions.findings().stream())
                    .toList());
        }
        if (explained != null) {
            write(text(ExplainedNeed.find(explained, plan, decisions, spec.commandLine())));
            return ExitCode.FINE;
        }
        return decided(JudgedPlan.of(plan, decisions, result.findings()));
    }

    private int undecided(List<Finding> findings) {
        PrintWriter err = spec.commandLine().getErr();
        findings.stream().filter(Finding::isInputError).forEach(fault -> err.println(fault.line()));
        if (format == PlanFormat.JSON && explained == null) {
            write(text(PlanJson.undecided(findings)));
        }
        return isDetailed ? ExitCode.BAD_VERDICT : ExitCode.WRONG_INPUT;
    }

    private int decided(JudgedPlan judged) {
        Path file = LockFile.of(chosen.folders().getFirst(), chosen.landscape());
        LockResult read = LockFile.read(file);
        if (!read.findings().isEmpty()) {
            return undecided(read.findings());
        }
        boolean isShown = writesLock || read.lock() != null;
        PlanLock lock = isShown || isDetailed || format == PlanFormat.JSON
                ? PlanLock.of(file, read.lock(), judged)
                : PlanLock.unasked(file);
        boolean isBad = judged.isBad();
        boolean isWritten = writesLock && !isBad && lock.isOutdated();
        if (isWritten) {
            write(lock);
        }
        write(
                switch (format) {
                    case TEXT -> text(TextReport.of(judged) + (isShown ? lock.text(isWritten) : ""));
                    case JSON -> writer -> PlanJson.decided(judged, lock, writer);
                    case MARKDOWN -> text(MarkdownReport.of(judged));
                    case MERMAID -> text(MermaidReport.of(judged));
                    case HTML -> text(HtmlReport.of(judged));
                });
        if (isBad) {
            if (writesLock) {
                spec.commandLine().getErr().println(file + ": was not written, because of the errors of the plan");
            }
            return ExitCode.BAD_VERDICT;
        }
        return isDetailed && lock.isOutdated() ? CHANGED : ExitCode.FINE;
    }

    private void write(PlanLock lock) {
        try {
            lock.write();
        } catch (IOException failed) {
            throw new ParameterException(
                    spec.commandLine(), "cannot write " + lock.file() + ": " + FileFault.words(failed), failed);
        }
    }

    /** Writes itself. */
    @FunctionalInterface
    private interface Report {
        void to(Writer writer) throws IOException;
    }

    private static Report text(String report) {
        return writer -> writer.write(report);
    }

    private void write(Report report) {
        if (out == null) {
            try {
                Writer writer = spec.commandLine().getOut();
                report.to(writer);
                writer.flush();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return;
        }
        try (Writer writer = Files.newBufferedWriter(out, StandardCharsets.UTF_8)) {
            report.to(writer);
        } catch (IOException failed) {
            throw new ParameterException(
                    spec.commandLine(), "cannot write --out " + out + ": " + FileFault.words(failed), failed);
        }
    }
}
