package dev.fairlead.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a small plan to begin with; never over a file that is there. */
@Command(name = "init", description = "Write a small, valid, commented plan to begin with.")
final class InitCommand implements Callable<Integer> {
    private static final List<String> FILES =
            List.of("landscape.yaml", "catalog.yaml", "checkout.yaml", "storefront.yaml");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder to write to; made when it is not there.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private Path folder;

    @Override
    public Integer call() {
        for (String file : FILES) {
            if (Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                throw new ParameterException(
                        spec.commandLine(), folder.resolve(file) + " is already there; name an empty or new folder");
            }
        }
        try {
            Files.createDirectories(folder);
            for (String file : FILES) {
                Files.write(folder.resolve(file), content(file), StandardOpenOption.CREATE_NEW);
            }
        } catch (IOException failed) {
            throw new ParameterException(
                    spec.commandLine(), "cannot write to " + folder + ": " + FileFault.words(failed), failed);
        }
        PrintWriter out = spec.commandLine().getOut();
        FILES.forEach(file -> out.println("wrote " + folder.resolve(file)));
        out.println("Now run: fairlead plan " + folder);
        out.flush();
        return ExitCode.FINE;
    }

    private static byte[] content(String file) throws IOException {
        try (InputStream stream = InitCommand.class.getResourceAsStream("init/" + file)) {
            return Objects.requireNonNull(stream, "the jar has no init/" + file).readAllBytes();
        }
    }
}
