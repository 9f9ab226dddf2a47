package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Durability;
import dev.fairlead.testkit.conformance.ConformanceTests;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class H2ConformanceTest {
    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> conformsInMemory() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        return ConformanceTests.of(() -> new SqlUnderTest(Durability.D0, Map.of("url", url)));
    }

    /** The limit is for the whole suite, which does one thing after another here. */
    @TestFactory
    @Timeout(600)
    Stream<DynamicTest> conformsInFile() {
        String url = "jdbc:h2:file:" + folder.resolve("data");
        return ConformanceTests.of(() -> new SqlUnderTest(Durability.D1, Map.of("url", url)));
    }
}
