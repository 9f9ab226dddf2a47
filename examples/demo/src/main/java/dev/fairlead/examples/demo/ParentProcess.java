package dev.fairlead.examples.demo;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The child's end of the line to the process that started it. Safe for many threads. */
public final class ParentProcess {
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private ParentProcess() {}

    /** Opens the line to a parent that asks nothing. When it ends, this process does. */
    public static ParentProcess open() {
        return open(line -> {});
    }

    /**
     * Opens the line. When the parent ends, this process does.
     *
     * @param asked gets what the parent asks, on a thread of the line
     */
    public static ParentProcess open(Consumer<String> asked) {
        Thread.ofPlatform().daemon().name("demo parent").start(() -> hear(asked));
        return new ParentProcess();
    }

    private static void hear(Consumer<String> asked) {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                asked.accept(line);
            }
        } catch (IOException e) {
            // The other end is gone, as at the end of the stream.
        }
        Runtime.getRuntime().halt(1);
    }

    /** Tells it a line. */
    public void tell(String line) {
        out.println(line);
    }
}
