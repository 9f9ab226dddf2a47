package dev.fairlead.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.fairlead.architecture.Reactor.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    private static final Reactor REACTOR = Reactor.find();
    private static final JavaClasses MAIN = REACTOR.mainClasses();
    private static final JavaClasses TESTS = REACTOR.testClasses();

    private final DirectionRules direction = new DirectionRules("dev.fairlead");
    private final HouseRules house = new HouseRules("dev.fairlead");

    @TestFactory
    Stream<DynamicTest> dependenciesPointInOneDirection() {
        return checks(direction.all(), MAIN);
    }

    @TestFactory
    Stream<DynamicTest> whatIsShippedKeepsTheHouseRules() {
        return Stream.concat(checks(house.forMain(), MAIN), checks(house.everywhere(), MAIN));
    }

    @TestFactory
    Stream<DynamicTest> testsKeepTheHouseRules() {
        return Stream.concat(checks(house.forTests(), TESTS), checks(house.everywhere(), TESTS));
    }

    private static Stream<DynamicTest> checks(List<ArchRule> rules, JavaClasses classes) {
        return rules.stream().map(rule -> dynamicTest(rule.getDescription(), () -> rule.check(classes)));
    }

    @Test
    void everyShippedSourceFileWasSeen() {
        Set<String> seen = MAIN.stream().map(JavaClass::getName).collect(Collectors.toSet());

        assertThat(REACTOR.modules()).hasSizeGreaterThanOrEqualTo(13);
        assertThat(REACTOR.modules())
                .filteredOn(module ->
                        Files.isDirectory(REACTOR.root().resolve(module).resolve("src")))
                .hasSizeGreaterThanOrEqualTo(13)
                .allSatisfy(module -> assertThat(REACTOR.root().resolve(module).resolve("target/classes"))
                        .isNotEmptyDirectory());
        assertThat(REACTOR.mainSources())
                .hasSizeGreaterThan(300)
                .allSatisfy(source -> assertThat(seen).contains(source.type()));
    }

    @Test
    void mostTypesOutsideApiAndSpiArePackagePrivate() {
        assertThat(house.packagePrivatePercent(MAIN)).as("percent").isGreaterThanOrEqualTo(50);
    }

    @Test
    void noSourceFileIsLongerThanFiveHundredLines() {
        assertThat(REACTOR.allSources())
                .isNotEmpty()
                .allSatisfy(
                        source -> assertThat(source.lines()).as(source.type()).isLessThanOrEqualTo(500));
    }

    /** By this file the build knows a mechanism or codec, and limits what it may depend on. */
    @Test
    void everyMechanismAndCodecNamesItsProvider() {
        assertThat(services("mechanisms/", "dev.fairlead.spi.MechanismProvider"))
                .isNotEmpty()
                .allMatch(Files::exists);
        assertThat(services("codecs/", "dev.fairlead.spi.CodecProvider"))
                .isNotEmpty()
                .allMatch(Files::exists);
    }

    private static List<Path> services(String folder, String provider) {
        return REACTOR.modules().stream()
                .filter(module -> module.startsWith(folder))
                .map(module ->
                        REACTOR.root().resolve(module).resolve("src/main/resources/META-INF/services/" + provider))
                .toList();
    }

    @Test
    void everyMechanismPassesTheConformanceSuite() {
        Set<String> tested = REACTOR.allSources().stream()
                .map(SourceFile::type)
                .filter(type -> type.endsWith("ConformanceTest"))
                .map(type -> type.substring(0, type.lastIndexOf('.')))
                .collect(Collectors.toSet());

        assertThat(MAIN.stream()
                        .filter(type -> type.getSimpleName().endsWith("Mechanism"))
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith("dev.fairlead.mechanisms.")))
                .isNotEmpty()
                .allMatch(tested::contains);
    }
}
