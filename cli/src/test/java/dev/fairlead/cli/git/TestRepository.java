package dev.fairlead.cli.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A git repository of one test; what is configured for the machine or its user has no part in it. */
public final class TestRepository {
    private final Path root;

    private TestRepository(Path root) {
        this.root = root;
    }

    /** An empty repository with the branch {@code main}. */
    public static TestRepository create(Path root) throws IOException {
        Files.createDirectories(root);
        TestRepository repository = new TestRepository(root);
        repository.git("init", "--quiet", "--initial-branch", "main");
        return repository;
    }

    public Path root() {
        return root;
    }

    public TestRepository write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    /** Commits all that is there. */
    public TestRepository commit(String message) throws IOException {
        git("add", "--all");
        git("commit", "--quiet", "--allow-empty", "--message", message);
        return this;
    }

    public String git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.org",
                "-c",
                "commit.gpgsign=false",
                "-c",
                "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_SYSTEM", "/dev/null");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        try {
            assertThat(process.waitFor()).as("%s said %s", command, said).isZero();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
        return said;
    }
}
