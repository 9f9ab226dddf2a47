package dev.fairlead.testkit.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own on this one's class path, which says lines until it ends or is killed; {@link ParentJvm} is its side of that.
 *
 * <p>One thread reads the lines; any may kill, pause and resume. Closing kills it and waits for its end.
 */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private ChildJvm(Process process) {
        this.process = process;
        this.lines = process.inputReader(UTF_8);
    }

    /** How a child is started. */
    public static final class Builder {
        private final Class<?> main;
        private final List<String> options = new ArrayList<>(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        private String heap = "128m";
        private ProcessBuilder.Redirect errors = ProcessBuilder.Redirect.DISCARD;

        private Builder(Class<?> main) {
            this.main = main;
        }

        /** The largest heap, as {@code -Xmx} takes it; 128m when nothing is said. */
        public Builder heap(String size) {
            heap = size;
            return this;
        }

        /** One more option of the JVM. */
        public Builder option(String option) {
            options.add(option);
            return this;
        }

        /** Shows its standard error, which is dropped otherwise: a child that is killed in its work may say much there. */
        public Builder showErrors() {
            errors = ProcessBuilder.Redirect.INHERIT;
            return this;
        }

        /** Starts it with these arguments. */
        public ChildJvm start(String... arguments) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path"), main.getName()));
            command.addAll(List.of(arguments));
            try {
                return new ChildJvm(
                        new ProcessBuilder(command).redirectError(errors).start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Begins with the class whose {@code main} it runs. */
    public static Builder of(Class<?> main) {
        return new Builder(main);
    }

    /** Waits for the first line, which must be that of {@link ParentJvm#sayReady}. */
    public ChildJvm awaitReady() {
        String first = line();
        if (!ParentJvm.READY.equals(first)) {
            close();
            throw new IllegalStateException("the child was to be ready, but said: " + first);
        }
        return this;
    }

    /** Waits for the next line; null when it has ended and all lines are read. */
    public @Nullable String line() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the wait of {@link ParentJvm#awaitWord} in the child. */
    public void tell() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it as {@code kill -9} does. What it said until then can still be read. */
    public void kill() {
        process.toHandle().destroyForcibly(); // unlike that of the process, it leaves the output to be read
    }

    /**
     * Kills it at a moment within the time, on a thread of its own; to be joined when the lines are read. A child that ended before that
     * by itself makes the returned thread fail.
     */
    public Killing killWithin(Duration time, Random random) {
        return new Killing(this, random.nextLong(1, TimeUnit.NANOSECONDS.toMicros(time.toNanos()) + 1));
    }

    /** A kill that is to come. */
    public static final class Killing {
        private final Thread thread;
        private volatile boolean endedBefore;

        private Killing(ChildJvm child, long micros) {
            thread = Thread.ofPlatform().start(() -> {
                try {
                    endedBefore = child.process.waitFor(micros, TimeUnit.MICROSECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                child.kill();
            });
        }

        /** Waits for it; fails when the child had ended by itself. */
        public void join() throws InterruptedException {
            thread.join();
            if (endedBefore) {
                throw new AssertionError("the child ended by itself");
            }
        }
    }

    /** Stops all its threads where they are, as {@code kill -STOP} does, and returns when they stand. */
    public void pause() throws InterruptedException {
        signal("-STOP");
        while (!isPaused()) {
            Thread.onSpinWait();
        }
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() throws InterruptedException {
        signal("-CONT");
    }

    /** The state letter of every thread, as Linux tells it: T is stopped. */
    private boolean isPaused() {
        Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
        try (var each = Files.newDirectoryStream(threads)) {
            for (Path thread : each) {
                String stat = Files.readString(thread.resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String signal) throws InterruptedException {
        try {
            int code = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill " + signal + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end and returns its exit code. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        boolean interrupted = false;
        process.destroyForcibly();
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
