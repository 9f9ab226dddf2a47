package dev.fairlead.cli;

import dev.fairlead.engine.Provenance;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells where a value comes from; reads what the plan's mechanisms hold, and changes nothing. */
@Command(
        name = "why",
        description = "Tell where a value comes from: its owner, version, age, and the records that led to it.")
final class WhyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ITEM", description = "The item, such as profile.profile.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String item;

    @Parameters(index = "1", paramLabel = "KEY", description = "The key of the value.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String key;

    @Parameters(index = "2..*", paramLabel = "DIR", arity = "1..*", description = "Folders with plan files (*.yaml).")
    private List<Path> folders = List.of();

    @Option(
            names = "--landscape",
            paramLabel = "FILE",
            description = "Where the mechanisms are; else landscape.yaml of the first DIR.")
    private @Nullable Path landscape;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            converter = ReportFormat.Converter.class,
            description = "How the answer is written; text if not given.")
    private ReportFormat format = ReportFormat.TEXT;

    @Override
    public Integer call() {
        try (Provenance provenance = Provenance.open(folders, landscape)) {
            Optional<Provenance.Account> account = provenance.of(item, key);
            if (account.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("fairlead: " + item + " has nothing of the key " + key
                                + " (never written, or taken by retention)");
                return ExitCode.BAD_VERDICT;
            }
            WhyReport report = WhyReport.of(account.get(), provenance.plan(), Instant.now());
            PrintWriter out = spec.commandLine().getOut();
            out.print(
                    switch (format) {
                        case TEXT -> report.text();
                        case JSON -> report.json();
                    });
            out.flush();
            return ExitCode.FINE;
        }
    }
}
