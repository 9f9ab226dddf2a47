package dev.fairlead.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder for one measurement, removed with all that is in it, also when the process is told to end. */
final class Scratch implements AutoCloseable {
    private final Path folder;
    private final Thread atExit = new Thread(this::removeAtExit, "fairlead-bench-cleaner");

    Scratch(Path place) {
        try {
            this.folder = Files.createTempDirectory(place, "fairlead-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder can be made in " + place + " (name another with --data)", e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            remove();
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalStateException ending) {
            return; // the hook is at work
        }
    }

    /** What is measured may still be writing, so a folder that has filled again is tried again. */
    private void removeAtExit() {
        for (int attempt = 0; attempt < 10; attempt++) {
            try {
                remove();
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    private void remove() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
