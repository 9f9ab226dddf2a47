package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The store on real servers, which are found or started; at a speed at which the customers leave the stories some of the processor. */
@ExtendWith(OneAtATime.class)
@Timeout(900)
class StoreOnServersTest {
    /** Feeds, questions, tells, events and prices each go where a team might have them; only the landscape says so. */
    @Test
    void theStoreRunsOnFiveServersAtOnce() {
        Path landscape = Documents.root().resolve("examples/store/landscapes/several-servers.yaml");

        CommandRun run = CommandRun.of("demo", "store", "--for", "6s", "--speed", "500", "--landscape", landscape);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "checks passed",
                        "eachServiceItsOwnProcess",
                        "nobody is erased: kafka cannot erase profile.profile");
    }
}
