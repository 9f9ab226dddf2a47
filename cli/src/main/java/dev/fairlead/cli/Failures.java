package dev.fairlead.cli;

import dev.fairlead.api.FairleadException;
import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells people on one line what went wrong; the stack trace only when they ask for it. */
final class Failures {
    private Failures() {}

    static int usage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("fairlead: " + oneLine(wrong) + " (see `"
                + command.getCommandSpec().qualifiedName() + " --help`)");
        if (Arrays.asList(arguments).contains(FairleadCommand.DEBUG)) {
            wrong.printStackTrace(err);
        }
        err.flush();
        return ExitCode.WRONG_INPUT;
    }

    static int execution(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        FairleadCommand root = (FairleadCommand) command.getCommandSpec().root().userObject();
        err.println("fairlead: " + oneLine(failure));
        if (root.isDebugging()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof FairleadException known ? ExitCode.of(known) : ExitCode.BAD_VERDICT;
    }

    private static String oneLine(Exception failure) {
        String message = failure.getMessage();
        boolean isSaid = failure instanceof FairleadException || failure instanceof ParameterException;
        String text = isSaid && message != null
                ? message
                : failure + " (a fault of Fairlead's own: run again with --debug and report it)";
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
