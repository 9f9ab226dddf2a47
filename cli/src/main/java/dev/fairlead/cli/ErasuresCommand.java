package dev.fairlead.cli;

import dev.fairlead.api.Erasure;
import dev.fairlead.engine.ErasureReport;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.planner.Plan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells who has erased what was to be erased, while the services are stopped; changes nothing. */
@Command(
        name = "erasures",
        description =
                "Tell of each erased key who has erased it, when, and who has not. The services must be stopped. Exit code 1 when somebody has not.")
final class ErasuresCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description =
                    "Folders with plan files, which say who reads what, and whose landscape says where the data lies.")
    private List<Path> folders = List.of();

    @Option(
            names = "--landscape",
            paramLabel = "FILE",
            description = "Where the data lies; else landscape.yaml of the first DIR.")
    private @Nullable Path landscape;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder; that of the landscape if not given.")
    private @Nullable Path data;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            converter = ReportFormat.Converter.class,
            description = "How the report is written; text if not given.")
    private ReportFormat format = ReportFormat.TEXT;

    @Override
    public Integer call() {
        Plan plan = PlannedData.read(folders, landscape, spec.commandLine());
        Optional<EmbeddedMechanism> opened = PlannedData.open(plan, data, spec.commandLine());
        List<Erasure> erasures = List.of();
        if (opened.isPresent()) {
            try (EmbeddedMechanism mechanism = opened.get()) {
                erasures = ErasureReport.of(plan, mechanism);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == ReportFormat.JSON ? ErasuresText.json(erasures) : ErasuresText.text(erasures));
        out.flush();
        return erasures.stream().allMatch(Erasure::complete) ? ExitCode.FINE : ExitCode.BAD_VERDICT;
    }
}
