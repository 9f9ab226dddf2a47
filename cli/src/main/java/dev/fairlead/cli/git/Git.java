package dev.fairlead.cli.git;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The git program, run in one folder. It never asks, never fetches, and takes no locks; what it prints is cut off at a limit.
 *
 * <p>Blocks until the program has ended.
 */
final class Git {
    private static final int MOST_BYTES = 96 << 20;
    private static final Map<String, String> QUIET = Map.of(
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_OPTIONAL_LOCKS", "0",
            "GIT_NO_LAZY_FETCH", "1",
            "GIT_PAGER", "cat",
            "LC_ALL", "C");

    private final Path folder;

    Git(Path folder) {
        this.folder = folder;
    }

    /** What a run gave. */
    record Run(int exitCode, byte[] out, String err) {
        boolean isFine() {
            return exitCode == 0;
        }

        /** The output as text without the last line end. */
        String text() {
            return new String(out, StandardCharsets.UTF_8).strip();
        }
    }

    Run run(String... arguments) {
        return run(new byte[0], arguments);
    }

    Run run(byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "--no-pager", "-c", "log.showSignature=false"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(QUIET);
        try {
            Process process = builder.start();
            try {
                return finish(process, input);
            } finally {
                process.destroy();
            }
        } catch (IOException failed) {
            throw new FairleadException(
                    ErrorCode.UNREACHABLE,
                    "git cannot be run in " + folder + " (install git, or name a folder with --against): "
                            + failed.getMessage(),
                    failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FairleadException(ErrorCode.OUTCOME_UNKNOWN, "interrupted while git was running", interrupted);
        }
    }

    private static Run finish(Process process, byte[] input) throws IOException, InterruptedException {
        CompletableFuture<byte[]> err = reading(process.getErrorStream(), 1 << 16);
        CompletableFuture<byte[]> out = reading(process.getInputStream(), MOST_BYTES);
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input);
        } catch (IOException endedEarly) {
            // git has ended before it read all; its exit code and words tell why.
        }
        try {
            byte[] printed = out.join();
            String said = new String(err.join(), StandardCharsets.UTF_8).strip();
            return new Run(process.waitFor(), printed, said);
        } catch (CompletionException failed) {
            throw new IOException("its output cannot be read", failed);
        }
    }

    /** On a thread of its own: the shared pool may have but one, and git waits for the reader of the other stream. */
    private static CompletableFuture<byte[]> reading(InputStream stream, int most) {
        return CompletableFuture.supplyAsync(() -> read(stream, most), Thread::startVirtualThread);
    }

    private static byte[] read(InputStream stream, int most) {
        try (stream) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(stream.readNBytes(most));
            if (stream.skip(1) > 0) {
                throw new IOException("git printed more than " + most + " bytes (name folders of plan files only)");
            }
            return bytes.toByteArray();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
