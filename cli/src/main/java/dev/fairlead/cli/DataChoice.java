package dev.fairlead.cli;

import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.mechanisms.embedded.EmbeddedSettings;
import dev.fairlead.planner.Landscape;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        MechanismOpening opening = data == null ? planned(command) : told(data);
        Path folder = EmbeddedSettings.of(opening).data();
        if (folder == null) {
            throw new ParameterException(
                    command, "the landscape keeps everything in memory (durability D0); there is nothing to look at");
        }
        if (!Files.isDirectory(folder.resolve("db"))) {
            if (data != null) {
                throw new ParameterException(
                        command, "there is no data of the embedded mechanism in --data " + data + " (name its folder)");
            }
            return Optional.empty();
        }
        return Optional.of(EmbeddedMechanism.open(opening));
    }

    private static MechanismOpening told(Path data) {
        return new MechanismOpening(
                Map.of("data", data.toAbsolutePath().toString()), data.toAbsolutePath(), TimeSource.SYSTEM);
    }

    private MechanismOpening planned(CommandLine command) {
        if (folders.isEmpty()) {
            throw new ParameterException(command, "name the plan's folder, or the data folder with --data");
        }
        PlanResult result = PlanReader.read(folders, landscape);
        result.inputErrors().forEach(fault -> command.getErr().println(fault.line()));
        Plan plan = result.plan();
        if (plan == null) {
            throw new ParameterException(command, "the plan cannot be read (mend it, or name the data with --data)");
        }
        String file = plan.landscape().file();
        Path folder = file == null ? null : Path.of(file).toAbsolutePath().getParent();
        Map<String, String> settings = plan.landscape()
                .mechanism(Landscape.EMBEDDED)
                .map(offered -> offered.settings())
                .orElse(Map.of());
        return new MechanismOpening(
                settings, folder == null ? Path.of("").toAbsolutePath() : folder, TimeSource.SYSTEM);
    }
}
