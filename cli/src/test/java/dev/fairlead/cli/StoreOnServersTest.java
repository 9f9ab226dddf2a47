package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The store on real servers, which are found or started. */
@ExtendWith(OneAtATime.class)
class StoreOnServersTest {
    /** Feeds, questions, tells, events and prices each go where a team might have them; only the landscape says so. */
    @Test
    void theStoreRunsOnFiveServersAtOnce() {
        Path landscape = Documents.root().resolve("examples/store/landscapes/several-servers.yaml");

        CommandRun run = CommandRun.of("demo", "store", "--for", "6s", "--landscape", landscape);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "checks passed",
                        "eachServiceItsOwnProcess",
                        "nobody is erased: kafka cannot erase profile.profile");
    }
}
