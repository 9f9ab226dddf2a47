package dev.fairlead.cli;

import dev.fairlead.generate.Choice;
import dev.fairlead.generate.GeneratedFile;
import dev.fairlead.generate.Generation;
import dev.fairlead.generate.Generator;
import dev.fairlead.generate.Output;
import dev.fairlead.generate.OwnedFolder;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.PlanResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes schemas, interface descriptions, tables and Java types from a plan, in a folder that holds nothing else. */
@Command(
        name = "generate",
        description = "Make schemas, interface descriptions, tables and Java types from a plan.",
        footer = {
            "",
            "The folder of --out holds what this command makes and nothing else: what it makes no more is removed, and files "
                    + "that it did not write, or that were changed since, stop it before it writes."
        })
final class GenerateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Mixin
    private PlanChoice chosen = new PlanChoice();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder, made when it is not there.")
    @SuppressWarnings("NullAway.Init") // picocli sees that it is given
    private Path out;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "OUTPUT",
            converter = OutputConverter.class,
            description = "Of json-schema, asyncapi, openapi, sql and java only these; all if not given.")
    private Set<Output> outputs = EnumSet.allOf(Output.class);

    @Option(names = "--service", paramLabel = "NAME", description = "Only for this service; all if not given.")
    private @Nullable String service;

    @Option(
            names = "--package",
            paramLabel = "NAME",
            description =
                    "A service's Java types go into the package NAME.SERVICE; " + Choice.PACKAGE + " if not given.")
    private String javaPackage = Choice.PACKAGE;

    @Option(names = "--check", description = "Change nothing; name the files that would change, and exit with 1.")
    private boolean check;

    static final class OutputConverter implements ITypeConverter<Output> {
        @Override
        public Output convert(String word) {
            return Output.of(word)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + word + "' is no output (use some of " + String.join(", ", Output.words()) + ")"));
        }
    }

    @Override
    public Integer call() {
        PlanResult result = PlanReader.read(chosen.folders(), chosen.landscape());
        PrintWriter err = spec.commandLine().getErr();
        result.inputErrors().forEach(fault -> err.println(fault.line()));
        Plan plan = result.plan();
        if (plan == null) {
            return ExitCode.WRONG_INPUT;
        }
        Generation made = Generator.generate(plan, choice(plan));
        made.refusals().forEach(refusal -> err.println(refusal.line()));
        return made.refusals().isEmpty() ? bring(made.files()) : ExitCode.WRONG_INPUT;
    }

    private Choice choice(Plan plan) {
        if (service != null && plan.service(service).isEmpty()) {
            List<String> known =
                    plan.services().stream().map(each -> each.name()).toList();
            throw new ParameterException(
                    spec.commandLine(),
                    "the plan has no service " + service + " for --service (it has " + String.join(", ", known) + ")");
        }
        try {
            return new Choice(outputs, service, javaPackage);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "--package: " + wrong.getMessage(), wrong);
        }
    }

    private int bring(List<GeneratedFile> files) {
        OwnedFolder folder = new OwnedFolder(out);
        OwnedFolder.Changes changes = check ? folder.check(files) : folder.write(files);
        PrintWriter err = spec.commandLine().getErr();
        changes.foreign()
                .forEach(file -> err.println(out.resolve(file)
                        + " (move it elsewhere, or delete it to have it made anew; nothing was written)"));
        if (!check && !changes.foreign().isEmpty()) {
            return ExitCode.WRONG_INPUT;
        }
        PrintWriter said = spec.commandLine().getOut();
        changes.written().forEach(path -> said.println((check ? "would write " : "wrote ") + out.resolve(path)));
        changes.removed().forEach(path -> said.println((check ? "would remove " : "removed ") + out.resolve(path)));
        said.flush();
        return check && !changes.none() ? ExitCode.BAD_VERDICT : ExitCode.FINE;
    }
}
