package dev.fairlead.cli;

import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.planner.report.HtmlReport;
import dev.fairlead.planner.report.MarkdownReport;
import dev.fairlead.planner.report.MermaidReport;
import dev.fairlead.planner.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Merges, validates and decides a plan, and prints what came of it; changes nothing. */
@Command(
        name = "plan",
        description = "Merge, validate and decide a plan; print the decisions with reasons, findings and metrics.")
final class PlanCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders with plan files (*.yaml).")
    private List<Path> folders = List.of();

    @Option(
            names = "--landscape",
            paramLabel = "FILE",
            description = "What there is to choose from; else landscape.yaml of the first DIR.")
    private @Nullable Path landscape;

    @Option(
            names = "--format",
            paramLabel = "text|json|markdown|mermaid|html",
            converter = PlanFormat.Converter.class,
            description = "How the report is written; text if not given.")
    private PlanFormat format = PlanFormat.TEXT;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the report to this file.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        PlanResult result = PlanReader.read(folders, landscape);
        PrintWriter err = spec.commandLine().getErr();
        result.inputErrors().forEach(fault -> err.println(fault.line()));
        Plan plan = result.plan();
        if (plan == null) {
            if (format == PlanFormat.JSON) {
                write(PlanJson.undecided(result.findings()));
            }
            return ExitCode.WRONG_INPUT;
        }
        JudgedPlan judged = JudgedPlan.of(plan, result.findings());
        write(
                switch (format) {
                    case TEXT -> TextReport.of(judged);
                    case JSON -> PlanJson.decided(judged);
                    case MARKDOWN -> MarkdownReport.of(judged);
                    case MERMAID -> MermaidReport.of(judged);
                    case HTML -> HtmlReport.of(judged);
                });
        return judged.isBad() ? ExitCode.BAD_VERDICT : ExitCode.FINE;
    }

    private void write(String report) {
        if (out == null) {
            PrintWriter writer = spec.commandLine().getOut();
            writer.print(report);
            writer.flush();
            return;
        }
        try {
            Files.write(out, report.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new ParameterException(
                    spec.commandLine(),
                    "cannot write --out " + out + ": " + failed.getClass().getSimpleName(),
                    failed);
        }
    }
}
