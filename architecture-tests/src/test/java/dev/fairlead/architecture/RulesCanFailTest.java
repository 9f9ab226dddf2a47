package dev.fairlead.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule is broken once on purpose; it must say by whom. */
class RulesCanFailTest {
    private static final String ROOT = "dev.fairlead.architecture.violating";

    private final JavaClasses violations = new ClassFileImporter().importPackages(ROOT);
    private final DirectionRules direction = new DirectionRules(ROOT);
    private final HouseRules house = new HouseRules(ROOT);

    private final Map<ArchRule, List<String>> culprits = Map.ofEntries(
            Map.entry(
                    direction.layers(),
                    List.of("planner.Upward", "codecs.wax.WaxCodec", "paper.PaperMechanism", "stray.Homeless")),
            Map.entry(direction.noCycles(), List.of("engine.Careless", "pump.PumpManager")),
            Map.entry(direction.mechanismsApart(), List.of("paper.PaperMechanism")),
            Map.entry(direction.codecsApart(), List.of("wax.WaxCodec")),
            Map.entry(direction.plainTypes(), List.of("api.ForeignType")),
            Map.entry(house.publicTypesOfMechanisms(), List.of("paper.PaperLedger")),
            Map.entry(house.settingsAreRecords(), List.of("paper.PaperSettings")),
            Map.entry(house.packagesAreNullMarked(), List.of("stray.Homeless")),
            Map.entry(house.noBooleanParameters(), List.of("ForeignType.showAll(boolean)")),
            Map.entry(house.nothingOnStandardStreams(), List.of("Careless.log()")),
            Map.entry(house.noOtherLogging(), List.of("Careless.log()")),
            Map.entry(house.noGenericExceptions(), List.of("Careless.fail()")),
            Map.entry(house.noSleep(), List.of("PumpManager.rest()")),
            Map.entry(house.noSerialization(), List.of("Careless.read(java.io.InputStream)")),
            Map.entry(house.noTypeNamesInData(), List.of("WaxCodec.encode(")),
            Map.entry(house.namesSayWhat(), List.of("pump.PumpManager")),
            Map.entry(house.conformanceTestsAreNamedSo(), List.of("paper.PaperProof")));

    @TestFactory
    Stream<DynamicTest> everyRuleNamesItsCulprit() {
        return culprits.entrySet().stream()
                .map(proof -> dynamicTest(
                        proof.getKey().getDescription(),
                        () -> assertThat(proof.getKey()
                                        .evaluate(violations)
                                        .getFailureReport()
                                        .toString())
                                .contains(proof.getValue())));
    }

    @Test
    void noRuleIsLeftWithoutItsViolation() {
        Stream<ArchRule> rules = Stream.of(direction.all(), house.forMain(), house.everywhere(), house.forTests())
                .flatMap(List::stream);

        assertThat(rules.map(ArchRule::getDescription))
                .containsExactlyInAnyOrderElementsOf(
                        culprits.keySet().stream().map(ArchRule::getDescription).toList());
    }

    @Test
    void anEmptyScanPassesNoRule() {
        JavaClasses nothing = new ClassFileImporter().importPaths(List.of());

        assertThat(culprits.keySet())
                .allSatisfy(rule -> assertThatThrownBy(() -> rule.check(nothing))
                        .hasMessageContaining("failed to check any classes"));
    }

    @Test
    void publicTypesLowerTheShareOfHiddenOnes() {
        assertThat(house.packagePrivatePercent(violations)).isLessThan(50);
    }
}
