package dev.fairlead.architecture.violating.mechanisms.paper;

import dev.fairlead.testkit.conformance.ConformanceTests;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs the suite under a name that does not say so. */
final class PaperProof {
    static Stream<DynamicTest> of(Supplier<MechanismUnderTest> paper) {
        return ConformanceTests.of(paper);
    }

    private PaperProof() {}
}
