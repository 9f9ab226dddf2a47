package dev.fairlead.cli;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.KnownFiles;
import dev.fairlead.planner.Place;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.check.CheckFinding;
import dev.fairlead.planner.check.Comparison;
import dev.fairlead.planner.check.EarlierVersion;
import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.schemas.SchemaComparison;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The gate for changes of a plan: ends with 1 when one of them breaks a reader or a rule of structure. */
@Command(
        name = "check",
        description = "Check that no change of a plan breaks a reader, and the rules of structure; for CI.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Mixin
    private PlanChoice chosen = new PlanChoice();

    @Option(
            names = "--against",
            paramLabel = "GITREV|DIR",
            description = "What was before: a revision of the folders' repository, or a folder.")
    private @Nullable String against;

    @Option(
            names = "--format",
            paramLabel = "text|json|sarif|junit",
            converter = CheckFormat.Converter.class,
            description = "How the findings are written; text if not given.")
    private CheckFormat format = CheckFormat.TEXT;

    /** Most files of the version before are the same. */
    private final KnownFiles known = new KnownFiles();

    @Mixin
    private BaselineGate baseline = new BaselineGate();

    @Override
    public Integer call() {
        PlanResult result = PlanReader.readDangling(chosen.folders(), chosen.landscape(), known);
        Plan plan = result.plan();
        if (plan == null) {
            return refused(result.findings(), result.inputErrors());
        }
        Comparison comparison = against == null ? new Comparison(List.of(), Set.of()) : compare(against, plan);
        List<Finding> faults = result.inputErrors().stream()
                .filter(fault -> !comparison.gone().contains(fault.place()))
                .toList();
        if (!faults.isEmpty()) {
            return refused(result.findings(), faults);
        }
        JudgedPlan judged = JudgedPlan.of(
                Comparison.without(plan, comparison.gone()),
                result.findings().stream().filter(each -> !each.isInputError()).toList());
        List<Finding> undecided =
                judged.findings().stream().filter(Finding::isInputError).toList();
        if (!undecided.isEmpty()) {
            return refused(judged.findings(), undecided);
        }
        List<CheckFinding> findings = new ArrayList<>(comparison.findings());
        findings.addAll(structure(judged, needed(plan, comparison.gone())));
        findings.addAll(baseline.check(judged, spec.commandLine()));
        print(subject(plan), findings);
        return findings.stream().anyMatch(CheckFinding::isError) ? ExitCode.BAD_VERDICT : ExitCode.FINE;
    }

    private Comparison compare(String revision, Plan plan) {
        try (AgainstPlan before = AgainstPlan.read(revision, chosen.folders(), known)) {
            before.absent()
                    .forEach(folder -> spec.commandLine()
                            .getErr()
                            .println("fairlead: " + folder + " was not there at " + revision
                                    + ": all of it counts as new"));
            Plan old = before.plan();
            if (old == null) {
                return new Comparison(List.of(), Set.of());
            }
            List<EarlierVersion> earlier = before.earlier(() -> Comparison.changed(old, plan));
            Instant moment = Instant.now();
            Comparison found = Comparison.of(old, plan, earlier, moment);
            List<CheckFinding> all = new ArrayList<>(found.findings());
            all.addAll(SchemaComparison.compare(old, plan, earlier, moment));
            return new Comparison(before.shown(all), found.gone());
        }
    }

    /** What is said about the plan by itself, whatever it was before; needs of what is gone are left to the comparison. */
    private static List<CheckFinding> structure(JudgedPlan judged, Set<Place> needed) {
        return judged.findings().stream()
                .filter(each -> each.rule() != Rule.UNUSED_ITEM || !needed.contains(each.place()))
                .map(CheckFinding::of)
                .toList();
    }

    /** Where items stand of which a need names something that is gone: they are needed all the same. */
    private static Set<Place> needed(Plan plan, Set<Place> gone) {
        return plan.needs().stream()
                .filter(need -> need.uses().stream().anyMatch(use -> gone.contains(use.place())))
                .flatMap(need -> plan.item(need.item()).stream())
                .map(Share::place)
                .collect(Collectors.toSet());
    }

    private int refused(List<Finding> all, List<Finding> faults) {
        PrintWriter err = spec.commandLine().getErr();
        faults.forEach(fault -> err.println(fault.line()));
        if (format != CheckFormat.TEXT) {
            print("", all.stream().map(CheckFinding::of).toList());
        }
        return ExitCode.WRONG_INPUT;
    }

    private String subject(Plan plan) {
        return counted(plan.services().size(), "service") + ", "
                + counted(plan.items().size(), "item")
                + (against == null ? "" : " against " + against);
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private void print(String subject, List<CheckFinding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.text(subject, findings));
        out.flush();
    }
}
