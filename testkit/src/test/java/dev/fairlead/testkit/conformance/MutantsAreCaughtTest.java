package dev.fairlead.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.spi.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the tester: the suite must pass the honest reference and fail every mutant of it. */
@Execution(ExecutionMode.CONCURRENT)
class MutantsAreCaughtTest {
    /** Many are only noticed when nothing comes. */
    private static final Duration WITH_MUTANTS = Duration.ofSeconds(2);

    @ParameterizedTest
    @MethodSource("mutants")
    void everyMutantIsCaughtByTheGroupThatItBreaks(Mutant mutant) {
        Conformance suite = Conformance.of(() -> new ReferenceUnderTest(mutant.declared(), mutant.opener()))
                .withPatience(WITH_MUTANTS);

        List<String> caught = failures(suite, mutant.group());

        assertThat(caught).as("scenarios of '%s' that notice", mutant.group()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Capability.class)
    void aReferenceThatHonestlyDeclaresOneCapabilityLessConforms(Capability missing) {
        Set<Capability> declared = EnumSet.complementOf(EnumSet.of(missing));
        if (missing == Capability.SURVIVES_KILL) {
            declared.remove(Capability.SURVIVES_POWER_LOSS);
        }
        if (missing == Capability.DENSE_OFFSETS) {
            declared.remove(Capability.ERASE); // its scenarios know the records of a key by their offsets
        }

        Conformance suite = Conformance.of(() -> new ReferenceUnderTest(declared, ReferenceMechanism::new));

        assertThat(failures(suite, "")).isEmpty();
    }

    @Test
    void thereAreMutantsOfEveryGroup() {
        Set<String> groups = new HashSet<>();
        Conformance.log().forEach(scenario -> groups.add(scenario.group()));
        Set<String> broken = new HashSet<>();
        mutants().forEach(mutant -> broken.add(mutant.group()));

        assertThat(broken).containsExactlyInAnyOrderElementsOf(groups);
        assertThat(mutants().count()).isGreaterThanOrEqualTo(60);
    }

    @Test
    void everyCapabilityIsProvedInBothDirections() {
        Set<Capability> declared = EnumSet.noneOf(Capability.class);
        Set<Capability> undeclared = EnumSet.noneOf(Capability.class);
        Conformance.log().forEach(scenario -> {
            declared.addAll(scenario.declared());
            undeclared.addAll(scenario.undeclared());
        });

        assertThat(declared).containsExactlyInAnyOrder(Capability.values());
        assertThat(EnumSet.complementOf(EnumSet.copyOf(undeclared)))
                .as("no call asks for these, so none can refuse them")
                .containsExactly(Capability.KEY_ORDER, Capability.DENSE_OFFSETS);
    }

    static Stream<Mutant> mutants() {
        List<Mutant> mutants = new ArrayList<>();
        mutants.addAll(WritingMutants.all());
        mutants.addAll(ReadingMutants.all());
        mutants.addAll(FindingMutants.all());
        mutants.addAll(KeepingMutants.all());
        mutants.addAll(ErasingMutants.all());
        mutants.addAll(CallMutants.all());
        mutants.addAll(TopicMutants.all());
        mutants.addAll(QueueMutants.all());
        EnumSet.complementOf(EnumSet.of(Capability.KEY_ORDER, Capability.DENSE_OFFSETS))
                .forEach(capability -> mutants.add(Mutant.undeclaredWorks(capability)));
        mutants.addAll(List.of(
                Mutant.declaredRefused(Capability.REPLAY, "replay"),
                Mutant.declaredRefused(Capability.KEEP_ALL, "keep"),
                Mutant.declaredRefused(Capability.KEEP_FOR, "keep"),
                Mutant.declaredRefused(Capability.LATEST_PER_KEY, "latest per key"),
                Mutant.declaredRefused(Capability.LOOKUP, "lookup"),
                Mutant.declaredRefused(Capability.FIND, "find"),
                Mutant.declaredRefused(Capability.ERASE, "erase"),
                Mutant.declaredRefused(Capability.FENCING, "fencing"),
                Mutant.declaredRefused(Capability.HEARTBEAT, "beats"),
                Mutant.declaredRefused(Capability.GROUP_POSITIONS, "positions"),
                Mutant.declaredRefused(Capability.SURVIVES_KILL, "survival"),
                Mutant.declaredRefused(Capability.SURVIVES_POWER_LOSS, "survival")));
        return mutants.stream();
    }

    private static List<String> failures(Conformance suite, String group) {
        List<String> failures = new ArrayList<>();
        for (Scenario scenario : suite.scenarios()) {
            if (group.isEmpty() || scenario.group().equals(group) && failures.isEmpty()) {
                try {
                    suite.run(scenario);
                } catch (AssertionError failure) {
                    failures.add(String.valueOf(failure.getMessage()));
                }
            }
        }
        return failures;
    }
}
