package dev.fairlead.testkit.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The process that started this one as a {@link ChildJvm}. When it is gone, this one ends at the next word. Safe for many threads. */
public final class ParentJvm {
    static final String READY = "ready";

    private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private ParentJvm() {}

    /** Says that this process is ready, for {@link ChildJvm#awaitReady}. */
    public static void sayReady() {
        say(READY);
    }

    /** Says a line, whole and at once. */
    public static void say(String line) {
        try {
            OUT.write(
                    (line + "\n").getBytes(UTF_8)); // one call of the system, so that lines of many threads do not mix
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Waits for the next {@link ChildJvm#tell}. */
    public static void awaitWord() {
        try {
            int next = System.in.read();
            while (next != '\n') {
                if (next < 0) {
                    Runtime.getRuntime().halt(1);
                }
                next = System.in.read();
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }
}
