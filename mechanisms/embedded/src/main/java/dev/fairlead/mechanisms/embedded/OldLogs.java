package dev.fairlead.mechanisms.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Write-ahead logs that RocksDB needs no more, and keeps to write over. */
final class OldLogs {
    private static final String SUFFIX = ".log";

    private OldLogs() {}

    /** Empties those below a number; nothing may be written to the database meanwhile, because that may take one into use. */
    static void empty(Path folder, long lowestNeeded) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> old = files.filter(file -> number(file) < lowestNeeded).toList();
            for (Path file : old) {
                empty(file);
            }
        } catch (IOException e) {
            throw DataFolder.inaccessible(folder, e);
        }
    }

    private static void empty(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        } catch (NoSuchFileException e) {
            // RocksDB has just deleted it, which is as good
        }
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        if (!name.matches("[0-9]{1,18}\\.log")) {
            return Long.MAX_VALUE;
        }
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }
}
