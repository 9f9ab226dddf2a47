package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.testkit.conformance.ConformanceTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EmbeddedConformanceTest {
    @TestFactory
    Stream<DynamicTest> conformsInMemory() {
        return ConformanceTests.of(() -> new EmbeddedUnderTest(Durability.D0));
    }

    @TestFactory
    Stream<DynamicTest> conformsWithoutSync() {
        return ConformanceTests.of(() -> new EmbeddedUnderTest(Durability.D1));
    }

    @TestFactory
    Stream<DynamicTest> conformsWithSync() {
        return ConformanceTests.of(() -> new EmbeddedUnderTest(Durability.D2));
    }
}
