package dev.fairlead.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself; every subcommand is one line here. */
@Command(
        name = "fairlead",
        description =
                "Shares the data that services need from each other: decided, checked, run, and of known quality.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        subcommands = {
            PlanCommand.class,
            CheckCommand.class,
            FormatCommand.class,
            InitCommand.class,
            GenerateCommand.class,
            ProveCommand.class,
            DemoCommand.class,
            ServeCommand.class,
            BenchCommand.class,
            WhyCommand.class,
            ParkedCommand.class,
            RedriveCommand.class,
            ErasuresCommand.class,
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:the verdict is bad",
            "2:the input or the usage is wrong",
            "3:something it needs cannot be reached",
            "130:interrupted"
        })
final class FairleadCommand implements Callable<Integer> {
    static final String DEBUG = "--debug";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Option(names = DEBUG, scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean debug;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "name a command: " + commands());
    }

    boolean isDebugging() {
        return debug;
    }

    private String commands() {
        return String.join(", ", spec.subcommands().keySet());
    }
}
