package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.git.TestRepository;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page on compatibility do what it says. */
class CompatibilityPageTest {
    private static final Path PAGE = Documents.root().resolve("docs/compatibility.md");

    @TempDir
    private Path folder;

    @Test
    void theReportIsTheOneThatIsShown() throws IOException {
        String profile = Documents.blocks(PAGE, "yaml").getFirst();
        TestRepository repository = TestRepository.create(folder)
                .write("plan/profile.yaml", profile.replace("fullName", "name"))
                .write(
                        "plan/billing.yaml",
                        "service: billing\nneeds:\n  profile.profile: { uses: [ name ], within: 5s }\n")
                .commit("before");
        repository.write("plan/profile.yaml", profile);

        CommandRun run = CommandRun.of("check", folder.resolve("plan"), "--against", "main");

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_VERDICT);
        assertThat(run.out().replace(folder + "/", ""))
                .contains(Documents.blocks(PAGE, "text").getFirst());
    }

    @Test
    void theSchemaBesideThePlanIsRead() throws IOException {
        TestRepository repository = TestRepository.create(folder)
                .write("plan/venue.yaml", Documents.blocks(PAGE, "yaml").getLast())
                .write("plan/trade.json", "{\"properties\":{\"id\":{\"type\":\"string\"}},\"required\":[\"id\"]}");

        assertThat(CommandRun.of("plan", repository.root().resolve("plan")).exitCode())
                .isEqualTo(ExitCode.FINE);
    }
}
