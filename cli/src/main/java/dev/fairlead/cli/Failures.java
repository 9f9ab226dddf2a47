package dev.fairlead.cli;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells people on one line what went wrong; the stack trace only when they ask for it. */
final class Failures {
    /** Where a fault of a file stands. */
    private static final Pattern PLACED = Pattern.compile(".+?:\\d+:\\d+: ");

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
        lines(failure).forEach(err::println);
        if (root.isDebugging()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof FairleadException known ? ExitCode.of(known) : ExitCode.BAD_VERDICT;
    }

    /** There was not memory enough, or stack; nothing else is known then. */
    static int exhausted(VirtualMachineError failure, CommandLine command) {
        PrintWriter err = command.getErr();
        err.println("fairlead: " + failure + " (give it more with FAIRLEAD_JAVA_OPTIONS, such as -Xmx2g or -Xss8m)");
        if (command.getCommand() instanceof FairleadCommand root && root.isDebugging()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.BAD_VERDICT;
    }

    /** One line, but one for each fault of a plan, as `fairlead plan` shows it. */
    private static List<String> lines(Exception failure) {
        boolean isPlan = failure instanceof FairleadException known && known.code() == ErrorCode.PLAN;
        List<String> faults =
                String.valueOf(failure.getMessage()).lines().map(String::strip).toList();
        return isPlan && faults.stream().allMatch(line -> PLACED.matcher(line).lookingAt())
                ? faults
                : List.of("fairlead: " + oneLine(failure));
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
