package dev.fairlead.cli;

import java.io.Console;

/** Whether people are looking. */
final class Terminal {
    private Terminal() {}

    /** Whether standard input and output are a terminal. */
    static boolean isThere() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** From JDK 22 on there is a console without a terminal too, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderJdk) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
