package dev.fairlead.mechanisms.http;

import dev.fairlead.api.Durability;
import dev.fairlead.node.Node;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.ConformanceTests;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.nio.file.Path;
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

    @BeforeAll
    static void start() {
        node = Node.start(NodeChild.settings(folder, 0));
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
                "url",
                "http://127.0.0.1:" + node.port(),
                "version",
                "2",
                "prefix",
                "t" + COUNT.incrementAndGet(),
                "clock",
                "ours");

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
            return HttpMechanism.open(new MechanismOpening(settings, folder, time));
        }

        @Override
        public void dispose() {
            new HttpProvider().remove(new MechanismOpening(settings, folder, TimeSource.SYSTEM));
        }
    }
}
