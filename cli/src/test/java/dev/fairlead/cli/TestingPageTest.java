package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Reading;
import dev.fairlead.testbed.TestLandscape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class TestingPageTest {
    private static final Path PAGE = Documents.root().resolve("docs/testing.md");

    @Test
    void theCodeIsTheCodeThatIsCompiled() throws IOException {
        assertThat(Documents.blocks(PAGE, "java")).hasSize(4).isEqualTo(Documents.examples("TestingExample"));
    }

    @Test
    void theRuleHolds(@TempDir Path folder, TestReporter reporter) throws IOException {
        List<String> plans = Documents.blocks(PAGE, "yaml");
        for (int i = 0; i < plans.size(); i++) {
            Files.writeString(folder.resolve("service" + i + ".yaml"), plans.get(i));
        }
        for (String run : List.of("cold", "warm")) {
            long begin = System.nanoTime();
            TestingExample.refusesToChargeOnAnOldProfile(folder);
            reporter.publishEntry(
                    run, Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
        }
    }

    @Test
    void theSecondAttemptComesWithTheClock() throws IOException {
        Queue<String> kept = new ConcurrentLinkedQueue<>();
        AtomicInteger attempts = new AtomicInteger();
        try (TestLandscape landscape = landscape()) {
            TestingExample.keepsAChargeAtTheSecondAttempt(landscape, key -> {
                if (attempts.incrementAndGet() == 1) {
                    throw new IllegalStateException("the archive is away");
                }
                kept.add(key);
            });
        }
        assertThat(kept).containsExactly("c1");
    }

    @Test
    void aLostRecordComesAgain() throws IOException {
        try (TestLandscape landscape = landscape()) {
            assertThat(TestingExample.losesARecordAndGetsItAgain(landscape).read("c1"))
                    .isInstanceOf(Reading.Fresh.class);
        }
    }

    private static TestLandscape landscape() throws IOException {
        return TestLandscape.of(Documents.blocks(PAGE, "yaml").toArray(String[]::new));
    }
}
