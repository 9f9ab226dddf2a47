package dev.fairlead.servers;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** What the threads of a process do, as Linux tells it. */
final class Threads {
    /** Stopped, also by a debugger; or dead, and not yet taken notice of. */
    private static final String STANDING = "TtZX";

    private static final long LOOK_NANOS = 1_000_000;

    private Threads() {}

    /** Waits until all of them stand: a signal has been taken before each of them has. A process that is gone stands. */
    static void awaitStopped(long process) {
        while (!areStopped(Path.of("/proc", Long.toString(process), "task"))) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static boolean areStopped(Path threads) {
        if (!Files.exists(threads)) {
            return true;
        }
        try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
            for (Path thread : each) {
                String state = Files.readString(thread.resolve("stat"));
                if (STANDING.indexOf(state.charAt(state.lastIndexOf(')') + 2)) < 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException | DirectoryIteratorException ended) {
            return false; // a thread, or all of them, in the middle of the look
        }
    }
}
