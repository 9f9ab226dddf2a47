package dev.fairlead.examples.store;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The child's end of the line to the process that started it. Safe for many threads. */
final class ChildOutput {
    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    /** Opens the line. When the other process ends, this one does. */
    static ChildOutput open() {
        Thread.ofPlatform().daemon().name("demo parent").start(ChildOutput::endWithParent);
        return new ChildOutput();
    }

    private static void endWithParent() {
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            while (in.read() >= 0) {
                continue;
            }
        } catch (IOException e) {
            // The other end is gone, as at the end of the stream.
        }
        Runtime.getRuntime().halt(1);
    }

    void tell(String line) {
        out.println(line);
    }
}
