package dev.fairlead.mechanisms.http;

import dev.fairlead.api.Durability;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.node.Node;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.ConformanceTests;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class HttpConformanceTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    static Path folder;

    private static Node node;

    /** The time of the scenario that runs; each has a space of its own. */
    private static volatile TimeSource current = TimeSource.SYSTEM;

    @BeforeAll
    static void start() {
        node = Node.start(NodeChild.settings(folder, 0), new CurrentTime());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @TestFactory
    Stream<DynamicTest> conforms() {
        return ConformanceTests.of(Under::new);
    }

    private static final class Under implements MechanismUnderTest {
        private final Map<String, String> settings = Map.of(
                "url", "http://127.0.0.1:" + node.port(), "version", "2", "prefix", "t" + COUNT.incrementAndGet());

        @Override
        public String name() {
            return "http";
        }

        @Override
        public Durability durability() {
            return Durability.D2;
        }

        @Override
        public Mechanism open(TimeSource time) {
            current = time;
            return HttpMechanism.open(new MechanismOpening(settings, folder, time));
        }

        @Override
        public void applyRetention(Mechanism mechanism, String log) {
            Path space = folder.resolve("data/spaces").resolve(settings.get("prefix"));
            try (EmbeddedMechanism store = EmbeddedMechanism.open(
                    new MechanismOpening(Map.of("data", space.toString()), folder, TimeSource.SYSTEM))) {
                store.applyRetention();
            }
        }

        @Override
        public boolean countsHandBack() {
            return false;
        }

        @Override
        public void dispose() {
            new HttpProvider().remove(new MechanismOpening(settings, folder, TimeSource.SYSTEM));
        }
    }

    private static final class CurrentTime implements TimeSource {
        @Override
        public long nanos() {
            return current.nanos();
        }

        @Override
        public Instant now() {
            return current.now();
        }

        @Override
        public Alarm at(long moment, Runnable action) {
            return current.at(moment, action);
        }
    }
}
