package dev.fairlead.testkit.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.Conformance;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import dev.fairlead.testkit.conformance.Scenario;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The scenarios of questions, on messages that come in order, and on messages that come in any order and often twice. */
class DistributedCallConformanceTest {
    private static final MemoryNetwork.Faults DISORDER = new MemoryNetwork.Faults(0, 30, 3);

    @TestFactory
    Stream<DynamicTest> conforms() {
        return scenarios(MemoryNetwork.Faults.NONE);
    }

    @TestFactory
    Stream<DynamicTest> conformsInDisorder() {
        return scenarios(DISORDER);
    }

    private static Stream<DynamicTest> scenarios(MemoryNetwork.Faults faults) {
        Conformance suite = Conformance.of(() -> new OnMemory(faults));
        List<Scenario> calls = suite.scenarios().stream()
                .filter(scenario -> scenario.declared().contains(Capability.CALL))
                .toList();
        assertThat(calls).hasSizeGreaterThan(20);
        return calls.stream().map(scenario -> DynamicTest.dynamicTest(scenario.toString(), () -> suite.run(scenario)));
    }

    private record OnMemory(MemoryNetwork network) implements MechanismUnderTest {
        OnMemory(MemoryNetwork.Faults faults) {
            this(new MemoryNetwork(1));
            network.faults(faults);
        }

        @Override
        public String name() {
            return "calling";
        }

        @Override
        public Durability durability() {
            return Durability.D0;
        }

        @Override
        public Mechanism open(TimeSource time) {
            return new CallingMechanism(network, time);
        }

        @Override
        public void dispose() {
            network.close();
        }
    }
}
