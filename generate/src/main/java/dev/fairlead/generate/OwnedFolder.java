package dev.fairlead.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder that holds what was generated and nothing else.
 *
 * <p>Its {@link Manifest} tells the files that were written here from those that somebody changed or added: these are never overwritten or
 * removed, and nothing is written while there are any. A write that is broken off leaves a folder that the next one brings in order. Lines
 * may end as the version control likes. For one process at a time; all methods block.
 */
public final class OwnedFolder {
    /** The one file beside the generated ones; it is replaced for each file that is written. */
    private static final String PART = ".fairlead-part";

    private final Path folder;

    /** The folder need not be there yet. */
    public OwnedFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * What differs, by path.
     *
     * @param written new files and those with another content
     * @param removed files that are not generated any more
     * @param foreign files that were not generated, or were changed since, each with which of the two; while there are any, nothing is written
     */
    public record Changes(List<String> written, List<String> removed, List<String> foreign) {
        /** Whether the folder holds what it should, and nothing else. */
        public boolean none() {
            return written.isEmpty() && removed.isEmpty() && foreign.isEmpty();
        }
    }

    /**
     * What {@link #write} would change.
     *
     * @throws FairleadException with STORAGE_ACCESS when the folder cannot be read
     */
    public Changes check(List<GeneratedFile> files) {
        try {
            return changes(files, Manifest.read(folder));
        } catch (IOException failed) {
            throw unusable("read", failed);
        }
    }

    /**
     * Brings the folder to hold exactly these files, unless there are foreign ones.
     *
     * @throws FairleadException with STORAGE_ACCESS when the folder cannot be read or written
     */
    public Changes write(List<GeneratedFile> files) {
        try {
            Manifest before = Manifest.read(folder);
            Changes changes = changes(files, before);
            if (!changes.foreign().isEmpty()) {
                return changes;
            }
            Manifest after = Manifest.of(files);
            Files.createDirectories(folder);
            put(Manifest.NAME, before.and(after).text());
            for (GeneratedFile file : files) {
                if (changes.written().contains(file.path())) {
                    put(file.path(), file.content());
                }
            }
            for (String path : changes.removed()) {
                remove(path);
            }
            put(Manifest.NAME, after.text());
            return changes;
        } catch (IOException failed) {
            throw unusable("write", failed);
        }
    }

    private Changes changes(List<GeneratedFile> files, Manifest manifest) throws IOException {
        SortedMap<String, String> there = hashes();
        SortedMap<String, String> wanted = new TreeMap<>();
        files.forEach(file -> wanted.put(file.path(), Manifest.hash(file.content())));
        List<String> foreign = new ArrayList<>();
        there.forEach((path, hash) -> {
            if (!manifest.wrote(path, hash) && !hash.equals(wanted.get(path))) {
                foreign.add(
                        path + (manifest.names(path) ? " was changed since it was generated" : " was not generated"));
            }
        });
        List<String> written = wanted.entrySet().stream()
                .filter(file -> !file.getValue().equals(there.get(file.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        List<String> removed = there.keySet().stream()
                .filter(path -> !wanted.containsKey(path))
                .toList();
        return new Changes(written, removed, foreign);
    }

    private SortedMap<String, String> hashes() throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        if (!Files.exists(folder)) {
            return hashes;
        }
        Path top = folder.toRealPath();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes kind) throws IOException {
                String path = top.relativize(file).toString().replace('\\', '/');
                if (!path.equals(Manifest.NAME) && !path.equals(PART)) {
                    hashes.put(
                            path,
                            kind.isRegularFile() ? Manifest.hash(new String(Files.readAllBytes(file), UTF_8)) : "");
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return hashes;
    }

    private void put(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Path part = folder.resolve(PART);
        Files.write(part, content.getBytes(UTF_8));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void remove(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.deleteIfExists(file);
        Path parent = file.getParent();
        while (parent != null && !parent.equals(folder) && isEmpty(parent)) {
            Files.delete(parent);
            parent = parent.getParent();
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private FairleadException unusable(String verb, IOException failed) {
        return new FairleadException(
                ErrorCode.STORAGE_ACCESS,
                "cannot " + verb + " the folder " + folder + ": "
                        + failed.getClass().getSimpleName() + " " + failed.getMessage()
                        + " (see that it is a folder of yours with room)",
                failed);
    }
}
