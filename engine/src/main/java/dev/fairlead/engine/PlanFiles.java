package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.planner.Severity;
import dev.fairlead.planner.lock.Lock;
import dev.fairlead.planner.lock.LockFile;
import dev.fairlead.planner.lock.LockResult;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gets the plan from its files, or fails with everything that is wrong with them. */
final class PlanFiles {
    private PlanFiles() {}

    static Plan read(List<Path> folders, @Nullable Path landscape) {
        PlanResult result = PlanReader.read(folders, landscape);
        Plan plan = result.plan();
        List<Finding> errors = errors(result, plan);
        if (plan == null || !errors.isEmpty()) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    errors.stream().map(Finding::line).collect(Collectors.joining(System.lineSeparator())));
        }
        return plan;
    }

    /** Nothing runs on a plan that the gate would refuse, such as a reader without the clearance for what it declares. */
    private static List<Finding> errors(PlanResult result, @Nullable Plan plan) {
        List<Finding> decided =
                plan == null ? List.of() : Decisions.decide(plan).findings();
        return Stream.concat(result.findings().stream(), decided.stream())
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    /** Fails when there is a lock and what concerns the service is not as it was locked; nothing unreviewed runs. */
    static void checkLock(Plan plan, String service, Path firstFolder, @Nullable Path landscape) {
        Path file = LockFile.of(firstFolder, landscape);
        LockResult read = LockFile.read(file);
        read.findings().forEach(fault -> {
            throw new FairleadException(ErrorCode.PLAN, fault.line());
        });
        Lock locked = read.lock();
        if (locked == null) {
            return;
        }
        Lock now = Lock.of(plan, Decisions.decide(plan), locked).of(service);
        List<String> changes = locked.of(service).changesTo(now);
        if (!changes.isEmpty()) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    "the plan of " + service + " is not what " + file + " has: " + String.join("; ", changes)
                            + " (run `fairlead plan --write-lock` and have the changes reviewed)");
        }
    }

    /** What the landscape says of a mechanism; paths in it are relative to the landscape's folder. */
    static MechanismOpening opening(Plan plan, String mechanism, TimeSource time) {
        String file = plan.landscape().file();
        Path folder = file == null ? null : Path.of(file).toAbsolutePath().getParent();
        Map<String, String> settings = plan.landscape()
                .mechanism(mechanism)
                .map(offered -> offered.settings())
                .orElse(Map.of());
        return new MechanismOpening(settings, folder == null ? Path.of("").toAbsolutePath() : folder, time);
    }
}
