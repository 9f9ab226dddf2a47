package dev.fairlead.cli;

import dev.fairlead.planner.FormatResult;
import dev.fairlead.planner.PlanFormatter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings plan files into canonical form. */
@Command(name = "fmt", description = "Bring plan files into canonical form; only white space changes, comments stay.")
final class FormatCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders with plan files (*.yaml).")
    private List<Path> folders = List.of();

    @Option(names = "--check", description = "Change nothing; name the files that would change, and exit with 1.")
    private boolean check;

    @Override
    public Integer call() {
        FormatResult result = check ? PlanFormatter.check(folders) : PlanFormatter.write(folders);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        result.findings().forEach(finding -> err.println(finding.line()));
        result.changed().forEach(file -> out.println((check ? "would change " : "formatted ") + file));
        out.flush();
        if (result.hasErrors()) {
            return ExitCode.WRONG_INPUT;
        }
        return check && !result.changed().isEmpty() ? ExitCode.BAD_VERDICT : ExitCode.FINE;
    }
}
