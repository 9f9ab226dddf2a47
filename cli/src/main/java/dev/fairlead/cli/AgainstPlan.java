package dev.fairlead.cli;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.cli.git.GitFolder;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.KnownFiles;
import dev.fairlead.planner.Place;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.check.CheckFinding;
import dev.fairlead.planner.check.EarlierVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plan that a check holds a plan against: a folder, or the same folders at a revision of their repositories.
 *
 * <p>Files of a revision are written to a temporary folder, which {@link #close()} removes.
 */
final class AgainstPlan implements AutoCloseable {
    /** How many revisions before the one that was named are looked at for records that may still be there. */
    private static final int MOST_EARLIER = 50;

    private final String against;
    private final List<Path> folders;
    private final Path workspace;
    private final KnownFiles known;
    private @Nullable Plan plan;
    private final List<String> absent = new ArrayList<>();

    private AgainstPlan(String against, List<Path> folders, Path workspace, KnownFiles known) {
        this.known = known;
        this.against = against;
        this.folders = folders;
        this.workspace = workspace;
    }

    /** Reads the plan of before; files that are as {@code known} ones are not read again. */
    static AgainstPlan read(String against, List<Path> folders, KnownFiles known) {
        try {
            AgainstPlan read = new AgainstPlan(against, folders, Files.createTempDirectory("fairlead-check"), known);
            try {
                read.plan = read.isFolder() ? read.ofFolder() : read.ofRevision();
                return read;
            } catch (FairleadException failed) {
                read.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw new FairleadException(ErrorCode.STORAGE_ACCESS, "cannot make a temporary folder", failed);
        }
    }

    /** The plan of before; null when none of the folders was there. */
    @Nullable
    Plan plan() {
        return plan;
    }

    /** The folders that were not there at the revision. */
    List<String> absent() {
        return absent;
    }

    /** Versions before, of items that have changed, the newest first; none when a folder is compared with. */
    List<EarlierVersion> earlier(Supplier<List<Share>> differing) {
        List<EarlierVersion> earlier = new ArrayList<>();
        List<Share> changed = isFolder() ? List.of() : differing.get();
        if (!changed.isEmpty()) {
            for (int number = 0; number < folders.size(); number++) {
                GitFolder git = GitFolder.of(folders.get(number));
                earlier.addAll(earlier(git, number, changed));
            }
        }
        return earlier;
    }

    private List<EarlierVersion> earlier(GitFolder git, int number, List<Share> changed) {
        Set<Object> wanted = changed.stream().map(Share::id).collect(Collectors.toSet());
        GitFolder.Revision next = git.revision(against);
        List<EarlierVersion> earlier = new ArrayList<>();
        for (GitFolder.Revision revision : git.before(next, MOST_EARLIER)) {
            Path target = workspace.resolve(number + "-" + revision.id());
            if (git.write(revision, target) > 0) {
                PlanResult result = PlanReader.readDangling(List.of(target), null, known);
                if (result.plan() != null) {
                    List<Share> shares = result.plan().items().stream()
                            .filter(share -> wanted.contains(share.id()))
                            .toList();
                    earlier.add(new EarlierVersion(revision.shortId(), next.committed(), shares));
                }
            }
            next = revision;
        }
        return earlier;
    }

    private boolean isFolder() {
        return Files.isDirectory(Path.of(against));
    }

    private Plan ofFolder() {
        return plan(List.of(Path.of(against)));
    }

    private @Nullable Plan ofRevision() {
        List<Path> written = new ArrayList<>();
        for (int number = 0; number < folders.size(); number++) {
            Path folder = folders.get(number);
            GitFolder git = GitFolder.of(folder);
            Path target = workspace.resolve(String.valueOf(number));
            if (git.write(git.revision(against), target) == 0) {
                absent.add(folder.toString());
            } else {
                written.add(target);
            }
        }
        return written.isEmpty() ? null : plan(written);
    }

    private Plan plan(List<Path> read) {
        PlanResult result = PlanReader.readDangling(read, null, known);
        if (result.plan() == null) {
            List<Finding> faults = result.inputErrors();
            Finding worst = faults.stream()
                    .filter(fault -> fault.rule() != Rule.UNKNOWN_ITEM && fault.rule() != Rule.UNKNOWN_FIELD)
                    .findFirst()
                    .orElseGet(faults::getFirst);
            String first = shown(CheckFinding.of(worst), inside()).finding().line();
            throw new FairleadException(
                    ErrorCode.PLAN,
                    "the plan of before cannot be read, it has " + faults.size() + " fault(s), the first: " + first);
        }
        return result.plan();
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(workspace)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The findings with places in files of before named as git names them. */
    List<CheckFinding> shown(List<CheckFinding> findings) {
        return findings.stream().map(each -> shown(each, inside())).toList();
    }

    private String inside() {
        return workspace.toString().replace('\\', '/') + "/";
    }

    private CheckFinding shown(CheckFinding each, String inside) {
        Finding finding = each.finding();
        Place place = finding.place();
        if (!place.file().startsWith(inside)) {
            return each;
        }
        String file = place.file().substring(inside.length());
        int number = Integer.parseInt(file.substring(0, file.indexOf('/')));
        String named = against + ":" + folders.get(number) + file.substring(file.indexOf('/'));
        Place before = new Place(named, place.line(), place.column());
        return new CheckFinding(
                new Finding(finding.rule(), finding.severity(), finding.message(), before), each.change());
    }
}
