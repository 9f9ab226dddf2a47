package dev.fairlead.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which plan a command is about. */
final class PlanChoice {
    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders with plan files (*.yaml).")
    private List<Path> folders = List.of();

    @Option(
            names = "--landscape",
            paramLabel = "FILE",
            description = "What there is to choose from; else landscape.yaml of the first DIR.")
    private @Nullable Path landscape;

    List<Path> folders() {
        return folders;
    }

    @Nullable
    Path landscape() {
        return landscape;
    }
}
