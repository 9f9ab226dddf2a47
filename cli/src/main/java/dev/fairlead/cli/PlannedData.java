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
import picocli.CommandLine.ParameterException;

/** The data of the embedded mechanism that a plan's services have written, opened while none of them runs. */
final class PlannedData {
    private PlannedData() {}

    static Plan read(List<Path> folders, @Nullable Path landscape, CommandLine command) {
        PlanResult result = PlanReader.read(folders, landscape);
        result.inputErrors().forEach(fault -> command.getErr().println(fault.line()));
        Plan plan = result.plan();
        if (plan == null) {
            throw new ParameterException(command, "the plan cannot be read (mend it, or name the data with --data)");
        }
        return plan;
    }

    /** Opens the folder that is told, or the one that the landscape names; nothing when no data was written there yet. */
    static Optional<EmbeddedMechanism> open(Plan plan, @Nullable Path data, CommandLine command) {
        return open(data == null ? planned(plan) : told(data), data, command);
    }

    static Optional<EmbeddedMechanism> open(MechanismOpening opening, @Nullable Path data, CommandLine command) {
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

    static MechanismOpening told(Path data) {
        return new MechanismOpening(
                Map.of("data", data.toAbsolutePath().toString()), data.toAbsolutePath(), TimeSource.SYSTEM);
    }

    private static MechanismOpening planned(Plan plan) {
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
