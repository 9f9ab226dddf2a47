package dev.fairlead.examples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A Java process of its own that runs a part of the demo, tells what it does line by line, and can be killed. */
public final class ChildProcess implements AutoCloseable {
    /** Longer than anything takes that is waited for, on a slow machine too. */
    public static final Duration LONGEST = Duration.ofMinutes(2);

    private final Process process;
    private final Patience patience;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    /**
     * What the process has told, and how it ended.
     *
     * @param overdue whether it was killed because it had not ended in {@link #LONGEST}
     */
    public record Ended(List<String> lines, int exitCode, boolean overdue) {
        /** How it ended, for the message of a story that failed. */
        public String how() {
            return "exit code " + exitCode
                    + (overdue ? ": it was killed because it had not ended after " + LONGEST.toSeconds() + " s" : "")
                    + "; it told " + lines.size() + " lines"
                    + (lines.isEmpty() ? "" : ", the last: " + lines.getLast());
        }
    }

    private ChildProcess(Process process, Workers workers, Patience patience) {
        this.process = process;
        this.patience = patience;
        this.reader = workers.start("reader of " + process.pid(), this::read);
    }

    /** Starts the main class of a child with these arguments; what it writes to standard error goes to a file. */
    public static ChildProcess start(
            Workers workers, Patience patience, Class<?> main, Path errors, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(2, archive());
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
            return new ChildProcess(process, workers, patience);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the classes of this process's archive, if it has one, a child profits, too. */
    private static List<String> archive() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:SharedArchiveFile="))
                .toList();
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks something of it; of a process that has ended, nothing. */
    public void ask(String line) {
        Writer to = process.outputWriter(StandardCharsets.UTF_8);
        try {
            to.write(line + "\n");
            to.flush();
        } catch (IOException ended) {
            // Whoever waits for what it tells will see that it has ended.
        }
    }

    /** What it has told so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for a line that it tells; returns false when it has ended without it, or takes too long. */
    public boolean tells(Predicate<String> line) throws InterruptedException {
        return tells(0, line);
    }

    /** The same without so many lines that it told first. */
    boolean tells(int passedOver, Predicate<String> line) throws InterruptedException {
        patience.until(LONGEST, () -> hasTold(passedOver, line) || !reader.isAlive());
        return hasTold(passedOver, line);
    }

    private boolean hasTold(int passedOver, Predicate<String> line) {
        return lines.stream().skip(passedOver).anyMatch(line);
    }

    /** Ends it with a signal that it cannot handle, and takes in the last of what it has told. */
    public Ended kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        return end();
    }

    /** Waits until it ends. */
    public Ended end() throws InterruptedException {
        boolean overdue = !patience.until(LONGEST, () -> !process.isAlive() && !reader.isAlive());
        process.toHandle().destroyForcibly();
        process.waitFor();
        return new Ended(List.copyOf(lines), process.exitValue(), overdue);
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
