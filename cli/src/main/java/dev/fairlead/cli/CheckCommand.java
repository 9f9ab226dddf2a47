package dev.fairlead.cli;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.planner.check.CheckFinding;
import dev.fairlead.planner.check.CheckReport;
import dev.fairlead.planner.coupling.JudgedPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The gate for changes of a plan: ends with 1 when one of them breaks a reader or a rule of structure. */
@Command(
        name = "check",
        description = "Check that no change of a plan breaks a reader, and the rules of structure; for CI.")
final class CheckCommand implements Callable<Integer> {
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
            paramLabel = "text|json",
            converter = CheckFormat.Converter.class,
            description = "How the findings are written; text if not given.")
    private CheckFormat format = CheckFormat.TEXT;

    @Override
    public Integer call() {
        PlanResult result = PlanReader.read(folders, landscape);
        Plan plan = result.plan();
        if (plan == null) {
            return refused(result);
        }
        List<CheckFinding> findings = new ArrayList<>();
        findings.addAll(structure(result.findings(), plan));
        print(subject(plan), findings);
        return findings.stream().anyMatch(CheckFinding::isError) ? ExitCode.BAD_VERDICT : ExitCode.FINE;
    }

    /** What is said about the plan by itself, whatever it was before. */
    private static List<CheckFinding> structure(List<Finding> read, Plan plan) {
        return JudgedPlan.of(plan, read).findings().stream()
                .map(CheckFinding::of)
                .toList();
    }

    private int refused(PlanResult result) {
        PrintWriter err = spec.commandLine().getErr();
        result.inputErrors().forEach(fault -> err.println(fault.line()));
        if (format == CheckFormat.JSON) {
            print("", result.findings().stream().map(CheckFinding::of).toList());
        }
        return ExitCode.WRONG_INPUT;
    }

    private static String subject(Plan plan) {
        return plan.services().size() + " services, " + plan.items().size() + " items";
    }

    private void print(String subject, List<CheckFinding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case TEXT -> CheckReport.text(subject, findings);
                    case JSON -> CheckJson.text(findings);
                });
        out.flush();
    }
}
