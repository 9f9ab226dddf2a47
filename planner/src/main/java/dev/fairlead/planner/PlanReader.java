package dev.fairlead.planner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plan files below some folders, merges them and checks them.
 *
 * <p>All faults come out at once, each at its place; nothing is thrown for what is in the files. Files that break a limit are
 * refused without being read whole. Blocks while it reads.
 */
public final class PlanReader {
    /** Faults of needs that name what is not there any more, which a comparison with an earlier plan may explain. */
    private static final Set<Rule> DANGLING = Set.of(Rule.UNKNOWN_ITEM, Rule.UNKNOWN_FIELD);

    private final Findings findings = new Findings();
    private final SourceFiles files = new SourceFiles(findings);
    private final Unread unread = new Unread();
    private final Set<Rule> passed;

    private PlanReader(Set<Rule> passed) {
        this.passed = passed;
    }

    /**
     * Reads a plan.
     *
     * @param landscape the landscape file; when null, {@code landscape.yaml} of the first folder if it is there
     */
    public static PlanResult read(List<Path> folders, @Nullable Path landscape) {
        return read(folders, landscape, Set.of());
    }

    /**
     * Reads a plan as {@link #read(List, Path)} does, but gives one, too, when its only faults are needs of items or fields that
     * are not there. These are among the findings all the same.
     */
    public static PlanResult readDangling(List<Path> folders, @Nullable Path landscape) {
        return read(folders, landscape, DANGLING);
    }

    private static PlanResult read(List<Path> folders, @Nullable Path landscape, Set<Rule> passed) {
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("name at least one folder with plan files");
        }
        return new PlanReader(passed).readAll(folders, landscape);
    }

    /** Reads the plan below one folder, with the {@code landscape.yaml} in it if there is one. */
    public static PlanResult read(Path folder) {
        return read(List.of(folder), null);
    }

    /** Reads a landscape file alone, as a plan in which nobody shares anything yet. */
    public static PlanResult readLandscape(Path file) {
        PlanReader reader = new PlanReader(Set.of());
        Plan plan = reader.landscape(file, file)
                .filter(landscape -> !reader.findings.hasErrors())
                .map(landscape -> new Plan(List.of(), landscape))
                .orElse(null);
        return new PlanResult(plan, reader.findings.sorted());
    }

    private PlanResult readAll(List<Path> folders, @Nullable Path given) {
        Path assumed = folders.get(0).resolve(SourceFiles.LANDSCAPE);
        List<ServicePlan> services = new ArrayList<>();
        List<Path> found = files.find(folders);
        boolean isAlone = true;
        for (Path file : found) {
            if (files.isFull(file)) {
                break;
            }
            if (!isSame(file, assumed) && !isSame(file, given)) {
                isAlone = false;
                service(file).ifPresentOrElse(services::add, unread::service);
            }
        }
        if (isAlone && !findings.hasErrors()) {
            findings.error(
                    Rule.UNREADABLE,
                    Place.startOf(SourceFiles.shown(folders.get(0))),
                    "there is no service file below this folder (add NAME.yaml, or run `fairlead init`)");
        }
        Optional<Landscape> landscape = landscape(given, assumed);
        List<ServicePlan> merged = new Merge(unread, findings).merge(services);
        Plan plan = findings.hasErrorsBeside(passed) || landscape.isEmpty() ? null : new Plan(merged, landscape.get());
        return new PlanResult(plan, findings.sorted());
    }

    private Optional<ServicePlan> service(Path file) {
        return root(file).map(root -> ServiceSyntax.read(SourceFiles.shown(file), root, unread, findings));
    }

    private Optional<Landscape> landscape(@Nullable Path given, Path assumed) {
        Path file = given == null ? assumed : given;
        if (given == null && !Files.exists(assumed)) {
            return Optional.of(Landscape.unsaid());
        }
        return root(file).map(root -> LandscapeSyntax.read(SourceFiles.shown(file), root, findings));
    }

    private Optional<Node> root(Path file) {
        return Optional.ofNullable(files.read(file)).map(source -> Tree.read(source, findings));
    }

    private static boolean isSame(Path file, @Nullable Path other) {
        try {
            return other != null && Files.exists(other) && Files.exists(file) && Files.isSameFile(file, other);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
