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

    /** So many files are in memory before they are read, on all processors. */
    private static final int AT_ONCE = 512;

    private final Findings findings = new Findings();
    private final SourceFiles files = new SourceFiles(findings);
    private final Unread unread = new Unread();
    private final Set<Rule> passed;
    private final KnownFiles known;

    private PlanReader(Set<Rule> passed, KnownFiles known) {
        this.passed = passed;
        this.known = known;
    }

    /**
     * Reads a plan.
     *
     * @param landscape the landscape file; when null, {@code landscape.yaml} of the first folder if it is there
     */
    public static PlanResult read(List<Path> folders, @Nullable Path landscape) {
        return read(folders, landscape, Set.of(), new KnownFiles());
    }

    /**
     * Reads a plan as {@link #read(List, Path)} does, but gives one, too, when its only faults are needs of items or fields that
     * are not there. These are among the findings all the same.
     *
     * @param known what was read before, of other versions of the plan; this reading is added to it
     */
    public static PlanResult readDangling(List<Path> folders, @Nullable Path landscape, KnownFiles known) {
        return read(folders, landscape, DANGLING, known);
    }

    private static PlanResult read(List<Path> folders, @Nullable Path landscape, Set<Rule> passed, KnownFiles known) {
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("name at least one folder with plan files");
        }
        return new PlanReader(passed, known).readAll(folders, landscape);
    }

    /** Reads the plan below one folder, with the {@code landscape.yaml} in it if there is one. */
    public static PlanResult read(Path folder) {
        return read(List.of(folder), null);
    }

    /** Reads a landscape file alone, as a plan in which nobody shares anything yet. */
    public static PlanResult readLandscape(Path file) {
        PlanReader reader = new PlanReader(Set.of(), new KnownFiles());
        Plan plan = reader.landscape(file, file)
                .filter(landscape -> !reader.findings.hasErrors())
                .map(landscape -> new Plan(List.of(), landscape))
                .orElse(null);
        return new PlanResult(plan, reader.findings.sorted());
    }

    private PlanResult readAll(List<Path> folders, @Nullable Path given) {
        Path assumed = folders.get(0).resolve(SourceFiles.LANDSCAPE);
        List<Path> landscapes = new ArrayList<>(List.of(assumed));
        if (given != null) {
            landscapes.add(given);
        }
        landscapes.removeIf(Files::notExists);
        List<Path> found = new ArrayList<>(files.find(folders));
        found.removeIf(file -> landscapes.stream().anyMatch(landscape -> isSame(file, landscape)));
        List<ServicePlan> services = services(found);
        if (found.isEmpty() && !findings.hasErrors()) {
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

    private List<ServicePlan> services(List<Path> found) {
        List<ServicePlan> services = new ArrayList<>();
        List<ServiceFile> some = new ArrayList<>();
        for (Path file : found) {
            if (files.isFull(file)) {
                break;
            }
            byte[] bytes = files.bytes(file);
            if (bytes == null) {
                unread.service();
            } else {
                some.add(new ServiceFile(SourceFiles.shown(file), bytes));
            }
            if (some.size() == AT_ONCE) {
                take(some, services);
                some.clear();
            }
        }
        take(some, services);
        known.settle();
        return services;
    }

    /** Reads some files at once. What comes of it does not tell in which order they were done. */
    private void take(List<ServiceFile> some, List<ServicePlan> into) {
        long before = findings.importedBytes();
        List<ServiceFile.Content> read = Cores.of(some)
                .map(file -> file.read(known, findings.ofOneFile()))
                .toList();
        if (before <= PlanLimits.ALL_BYTES && findings.importedBytes() > PlanLimits.ALL_BYTES) {
            // Which schema was one too many must not depend on who was faster.
            findings.importedBytes(before);
            read = some.stream()
                    .map(file -> file.read(known, findings.ofOneFile()))
                    .toList();
        }
        for (ServiceFile.Content each : read) {
            findings.addAll(each.findings());
            unread.addAll(each.unread());
            known.note(each.key(), each);
            if (each.service() == null) {
                unread.service();
            } else {
                into.add(each.service());
            }
        }
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

    private static boolean isSame(Path file, Path other) {
        try {
            return Files.exists(file) && Files.isSameFile(file, other);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
