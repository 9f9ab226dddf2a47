package dev.fairlead.testkit.conformance;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The conformance suite as JUnit tests; the only class here that needs JUnit. */
public final class ConformanceTests {
    private ConformanceTests() {}

    /** One test for each scenario that applies to the mechanism; to be returned by a {@code @TestFactory} method. */
    public static Stream<DynamicTest> of(Supplier<? extends MechanismUnderTest> mechanisms) {
        return of(Conformance.of(mechanisms));
    }

    /** One test for each scenario of the suite, such as one with more patience for a server on a busy machine. */
    public static Stream<DynamicTest> of(Conformance suite) {
        return suite.scenarios().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.toString(), () -> suite.run(scenario)));
    }
}
