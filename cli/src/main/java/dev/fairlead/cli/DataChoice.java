package dev.fairlead.cli;

import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which data folder of the embedded mechanism a command works on: the one it is told, or that of a plan's landscape. */
final class DataChoice {
    @Parameters(
            paramLabel = "DIR",
            arity = "0..*",
            description = "Folders with plan files, whose landscape says where the data lies.")
    private List<Path> folders = List.of();

    @Option(
            names = "--landscape",
            paramLabel = "FILE",
            description = "Where the data lies; else landscape.yaml of the first DIR.")
    private @Nullable Path landscape;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder itself; no plan is read then.")
    private @Nullable Path data;

    /** Opens the data, which no other process may have open; nothing when the plan's services have written none yet. */
    Optional<EmbeddedMechanism> open(CommandLine command) {
        if (data != null) {
            return PlannedData.open(PlannedData.told(data), data, command);
        }
        if (folders.isEmpty()) {
            throw new ParameterException(command, "name the plan's folder, or the data folder with --data");
        }
        return PlannedData.open(PlannedData.read(folders, landscape, command), null, command);
    }
}
