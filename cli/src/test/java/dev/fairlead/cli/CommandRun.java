package dev.fairlead.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one run of the command gave. */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int index = 0; index < words.length; index++) {
            words[index] = arguments[index].toString();
        }
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
