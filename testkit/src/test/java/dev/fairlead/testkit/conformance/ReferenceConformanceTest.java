package dev.fairlead.testkit.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ReferenceConformanceTest {
    @TestFactory
    Stream<DynamicTest> theReferenceConforms() {
        return ConformanceTests.of(ReferenceUnderTest::complete);
    }
}
