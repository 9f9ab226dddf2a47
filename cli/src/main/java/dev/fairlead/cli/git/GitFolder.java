package dev.fairlead.cli.git;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder in the work tree of a git repository, as it was at earlier revisions.
 *
 * <p>Only regular files whose names end in {@code .yaml}, {@code .json}, {@code .avsc} or {@code .proto} are taken; links and
 * submodules are passed over. All methods block while git runs.
 */
public final class GitFolder {
    private static final Pattern ENTRY = Pattern.compile("100(?:644|755) blob ([0-9a-f]{40,64}) +([0-9]+)\t(.+)");
    private static final Pattern WANTED = Pattern.compile(".*\\.(yaml|json|avsc|proto)");
    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 64L << 20;

    private final Path folder;
    private final Git git;
    private final String prefix;

    private GitFolder(Path folder, Git git, String prefix) {
        this.folder = folder;
        this.git = git;
        this.prefix = prefix;
    }

    /** One revision: its full id, and when it was committed. */
    public record Revision(String id, Instant committed) {
        /** The first characters of the id, as git shows it. */
        public String shortId() {
            return id.substring(0, 10);
        }
    }

    /** The folder, if it is in a repository's work tree; a typed error says when it is not. */
    public static GitFolder of(Path folder) {
        Git git = new Git(folder.toAbsolutePath());
        Git.Run run = git.run("rev-parse", "--show-prefix");
        if (!run.isFine()) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    "`" + folder + "` cannot be compared with a revision: git says `" + firstLine(run.err())
                            + "` (name a folder of a repository, or give --against another folder)");
        }
        return new GitFolder(folder, git, run.text());
    }

    /** The revision with this name: a branch, tag, commit or whatever else git understands. */
    public Revision revision(String name) {
        Git.Run run = git.run("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
        if (!run.isFine()) {
            throw new FairleadException(ErrorCode.PLAN, unknown(name));
        }
        String id = run.text();
        Git.Run time = git.run("show", "-s", "--format=%ct", id);
        return new Revision(id, instant(time.text()));
    }

    private String unknown(String name) {
        boolean isShallow =
                git.run("rev-parse", "--is-shallow-repository").text().equals("true");
        return "there is no revision `" + name + "` in the repository of `" + folder + "` ("
                + (isShallow
                        ? "the clone is shallow: run `git fetch --unshallow`, or fetch that revision)"
                        : "give a branch, tag or commit, or a folder)");
    }

    /**
     * The revisions before {@code from}, the newest first, in which something in the folder changed, along the first parents.
     * Ends where a shallow clone ends.
     */
    public List<Revision> before(Revision from, int most) {
        Git.Run run =
                git.run("log", "--first-parent", "--format=%H %ct", "--max-count=" + (most + 1), from.id(), "--", ".");
        if (!run.isFine()) {
            return List.of();
        }
        return run.text()
                .lines()
                .map(line -> line.split(" ", 2))
                .map(parts -> new Revision(parts[0], instant(parts[1])))
                .skip(1)
                .toList();
    }

    /**
     * Writes the plan files of a revision below an empty folder.
     *
     * @return how many there were; zero when the folder was not there at that revision
     */
    public int write(Revision revision, Path target) {
        List<Entry> entries = entries(revision);
        if (!entries.isEmpty()) {
            write(entries, target);
        }
        return entries.size();
    }

    private record Entry(String blob, String path) {}

    private List<Entry> entries(Revision revision) {
        Git.Run run = git.run(
                "ls-tree", "-r", "-z", "--long", "--full-tree", revision.id(), "--", prefix.isEmpty() ? "." : prefix);
        if (!run.isFine()) {
            throw broken(revision, run);
        }
        List<Entry> entries = new ArrayList<>();
        long bytes = 0;
        for (String line : new String(run.out(), StandardCharsets.UTF_8).split("\0")) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches() && WANTED.matcher(entry.group(3)).matches()) {
                entries.add(new Entry(entry.group(1), entry.group(3).substring(prefix.length())));
                bytes += Long.parseLong(entry.group(2));
            }
        }
        if (entries.size() > MOST_FILES || bytes > MOST_BYTES) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    "`" + folder + "` held more than 10000 plan files or 64 MiB at " + revision.shortId()
                            + " (name folders of plan files only)");
        }
        return entries;
    }

    private void write(List<Entry> entries, Path target) {
        String wanted = String.join("\n", entries.stream().map(Entry::blob).toList()) + "\n";
        Git.Run run = git.run(wanted.getBytes(StandardCharsets.US_ASCII), "cat-file", "--batch");
        if (!run.isFine()) {
            throw new FairleadException(
                    ErrorCode.STORAGE_DAMAGED, "git cannot read the plan files of before: " + firstLine(run.err()));
        }
        Blobs blobs = new Blobs(run.out());
        for (Entry entry : entries) {
            place(target, entry.path(), blobs.next(entry.blob()));
        }
    }

    private static void place(Path target, String path, byte[] bytes) {
        Path file = target.resolve(path).normalize();
        if (!file.startsWith(target)) {
            throw new FairleadException(ErrorCode.PLAN, "a path of the repository leads out of it: " + path);
        }
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException failed) {
            throw new FairleadException(
                    ErrorCode.STORAGE_ACCESS, "cannot write the plan files of before to " + target, failed);
        }
    }

    private FairleadException broken(Revision revision, Git.Run run) {
        return new FairleadException(
                ErrorCode.STORAGE_DAMAGED,
                "git cannot list `" + folder + "` at " + revision.shortId() + ": " + firstLine(run.err()));
    }

    private static Instant instant(String seconds) {
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("nothing");
    }

    /** What {@code cat-file --batch} prints: a line with id, type and size, the bytes, a line end. */
    private static final class Blobs {
        private final byte[] printed;
        private int next;

        Blobs(byte[] printed) {
            this.printed = printed;
        }

        byte[] next(String blob) {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (next < printed.length && printed[next] != '\n') {
                head.write(printed[next++]);
            }
            String[] parts = head.toString(StandardCharsets.UTF_8).split(" ");
            if (parts.length != 3 || !parts[0].equals(blob)) {
                throw new FairleadException(
                        ErrorCode.STORAGE_DAMAGED,
                        "a plan file of before is not in this clone (fetch the whole repository): " + blob);
            }
            int start = next + 1;
            int end = start + Integer.parseInt(parts[2]);
            next = end + 1;
            return Arrays.copyOfRange(printed, start, end);
        }
    }
}
