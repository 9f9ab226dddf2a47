package dev.fairlead.cli;

import java.io.Console;
import java.util.Map;

/** What stands at the end of the process's output. */
enum Terminal {
    /** A terminal that may be painted. */
    COLOURED,
    /** A terminal whose user wants no colours. */
    COLOURLESS,
    /** A pipe, a file, or a terminal that can only print lines. */
    NONE;

    static Terminal ofThisProcess() {
        return of(isTerminal(), System.getenv());
    }

    static Terminal of(boolean isTerminal, Map<String, String> environment) {
        if (!isTerminal || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            return NONE;
        }
        return environment.getOrDefault("NO_COLOR", "").isEmpty() ? COLOURED : COLOURLESS;
    }

    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From Java 22 on there is always a console, and this method; before, only a terminal has one.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }
}
