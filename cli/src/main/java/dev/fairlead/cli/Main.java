package dev.fairlead.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Runs the command and ends the process with its exit code. */
public final class Main {
    /** Libraries that log through SLF4J say three lines when they find nobody who listens; the command has nobody, on purpose. */
    private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

    private Main() {}

    /** Runs the command in this process. */
    public static void main(String[] arguments) {
        System.getProperties().putIfAbsent(SLF4J_VERBOSITY, "ERROR");
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = run(out, err, arguments);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine command = new CommandLine(new FairleadCommand())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(Failures::execution);
        try {
            return command.execute(arguments);
        } catch (VirtualMachineError exhausted) {
            return Failures.exhausted(exhausted, command);
        }
    }
}
