package dev.fairlead.planner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds and reads the files of a plan, within limits; one for one reading, since the limits are over all files. */
final class SourceFiles {
    static final String LANDSCAPE = "landscape.yaml";

    private final Findings findings;
    private final Set<Path> found = new HashSet<>();
    private long bytesRead;

    SourceFiles(Findings findings) {
        this.findings = findings;
    }

    /** The path as it is shown: as it was given, with slashes. */
    static String shown(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** All {@code *.yaml} files below the folders, each once, by path; folders that are links are not entered. */
    List<Path> find(List<Path> folders) {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.exists(folder)) {
                findings.error(Rule.UNREADABLE, at(folder), "there is no such folder (name a folder with plan files)");
            } else if (!Files.isDirectory(folder)) {
                findings.error(Rule.UNREADABLE, at(folder), "this is not a folder (name the folder that it is in)");
            } else {
                walk(folder, files);
            }
        }
        if (files.size() > PlanLimits.FILES) {
            return List.of();
        }
        files.sort(Comparator.comparing(SourceFiles::shown));
        return files;
    }

    private void walk(Path folder, List<Path> files) {
        try {
            Path start = folder.toRealPath();
            Files.walkFileTree(
                    start,
                    EnumSet.noneOf(java.nio.file.FileVisitOption.class),
                    PlanLimits.FOLDER_DEPTH,
                    new Search(folder, start, files));
        } catch (IOException failed) {
            unreadable(folder, failed);
        }
    }

    /** The text of one file, or null when it cannot be read, with the reason among the findings. */
    @Nullable
    SourceText read(Path file) {
        byte[] bytes = bytes(file);
        return bytes == null ? null : SourceText.of(shown(file), bytes, findings);
    }

    /** The bytes of one file, or null when it cannot be read, with the reason among the findings. */
    byte @Nullable [] bytes(Path file) {
        if (!Files.isRegularFile(file)) {
            String fault = Files.exists(file) ? "this is not a regular file" : "there is no such file";
            findings.error(Rule.UNREADABLE, at(file), fault + " (name a plan file)");
            return null;
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(PlanLimits.FILE_BYTES + 1);
            bytesRead += bytes.length;
            if (bytes.length > PlanLimits.FILE_BYTES) {
                findings.error(Rule.TOO_LARGE, at(file), "the file is larger than 1 MiB (split it by service)");
                return null;
            }
            return bytes;
        } catch (IOException failed) {
            unreadable(file, failed);
            return null;
        }
    }

    /** Whether so much was read that the rest is refused, which is then reported once. */
    boolean isFull(Path next) {
        if (bytesRead <= PlanLimits.ALL_BYTES) {
            return false;
        }
        findings.error(
                Rule.TOO_LARGE, at(next), "all files together are larger than 64 MiB (plan fewer services at once)");
        return true;
    }

    private void unreadable(Path path, IOException failed) {
        findings.error(
                Rule.UNREADABLE,
                at(path),
                "this cannot be read: " + failed.getClass().getSimpleName()
                        + " (check that it is there and may be read)");
    }

    private static Place at(Path path) {
        return Place.startOf(shown(path));
    }

    private final class Search extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Path start;
        private final List<Path> files;
        private int visited;

        Search(Path folder, Path start, List<Path> files) {
            this.folder = folder;
            this.start = start;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean hidden = !directory.equals(start) && name(directory).startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            visited++;
            if (name(file).endsWith(".yaml") && !name(file).startsWith(".") && isNew(file)) {
                files.add(folder.resolve(start.relativize(file)));
            }
            if (visited > PlanLimits.VISITED || files.size() > PlanLimits.FILES) {
                findings.error(
                        Rule.TOO_LARGE,
                        at(folder),
                        "more than 10000 plan files, or 200000 files, are in here (name folders"
                                + " of plan files only)");
                return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) {
            unreadable(folder.resolve(start.relativize(file)), failed);
            return FileVisitResult.CONTINUE;
        }

        /** Whether the file was not found before through another name; a link that leads nowhere is reported when it is read. */
        private boolean isNew(Path file) throws IOException {
            if (Files.isDirectory(file)) {
                return false;
            }
            return found.add(Files.exists(file) ? file.toRealPath() : file);
        }

        private String name(Path path) {
            return String.valueOf(path.getFileName());
        }
    }
}
