package dev.fairlead.examples.store;

import dev.fairlead.examples.demo.Patience;
import dev.fairlead.examples.demo.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A Java process of its own that runs a part of the demo, tells what it does line by line, and can be killed. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final Patience patience;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    /**
     * What the process has told, and how it ended.
     *
     * @param overdue whether it was killed because it had not ended in {@link Stage#LONGEST}
     */
    record Ended(List<String> lines, int exitCode, boolean overdue) {
        /** How it ended, for the message of a story that failed. */
        String how() {
            return "exit code " + exitCode
                    + (overdue
                            ? ": it was killed because it had not ended after " + Stage.LONGEST.toSeconds() + " s"
                            : "")
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
    static ChildProcess start(Stage stage, Class<?> main, Path errors, String... arguments) {
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
            return new ChildProcess(process, stage.workers(), stage.patience());
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

    /** Waits for a line that it tells; returns false when it has ended without it, or takes too long. */
    boolean tells(Predicate<String> line) throws InterruptedException {
        patience.until(Stage.LONGEST, () -> lines.stream().anyMatch(line) || !reader.isAlive());
        return lines.stream().anyMatch(line);
    }

    /** Ends it with a signal that it cannot handle, and takes in the last of what it has told. */
    Ended kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        return end();
    }

    /** Waits until it ends. */
    Ended end() throws InterruptedException {
        boolean overdue = !patience.until(Stage.LONGEST, () -> !process.isAlive() && !reader.isAlive());
        process.toHandle().destroyForcibly();
        process.waitFor();
        return new Ended(List.copyOf(lines), process.exitValue(), overdue);
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
