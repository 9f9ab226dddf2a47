package dev.fairlead.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.fairlead.testkit.conformance.ConformanceTests;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** How types are named, shown and written, below one root package. */
record HouseRules(String root) {
    private static final String EMPTY_WORD = ".*(?<![A-Z])(Impl|Manager|Utils?|Helpers?|Base|Common)(?![a-z]).*";

    /** What holds for what is shipped. */
    List<ArchRule> forMain() {
        return List.of(
                publicTypesOfMechanisms(),
                settingsAreRecords(),
                packagesAreNullMarked(),
                noBooleanParameters(),
                nothingOnStandardStreams(),
                noOtherLogging(),
                noGenericExceptions());
    }

    /** What holds for what is shipped and for the tests. */
    List<ArchRule> everywhere() {
        return List.of(noSleep(), noSerialization(), noTypeNamesInData(), namesSayWhat());
    }

    /** What holds for the tests. */
    List<ArchRule> forTests() {
        return List.of(conformanceTestsAreNamedSo());
    }

    ArchRule publicTypesOfMechanisms() {
        return classes()
                .that()
                .resideInAPackage(root + ".mechanisms..")
                .and()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .should()
                .haveNameMatching(".*(Mechanism|Settings|Provider)")
                .as("a mechanism shows its XxxMechanism, XxxSettings and XxxProvider only");
    }

    ArchRule settingsAreRecords() {
        return classes()
                .that()
                .haveSimpleNameEndingWith("Settings")
                .should()
                .beRecords()
                .as("settings are records");
    }

    ArchRule packagesAreNullMarked() {
        return classes()
                .should(condition(
                        "be in a null-marked package", type -> type.getPackage().isAnnotatedWith(NullMarked.class)))
                .as("every package is null-marked");
    }

    ArchRule noBooleanParameters() {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(root + ".api..", root + ".spi..")
                .and()
                .arePublic()
                .should(new ArchCondition<JavaMethod>("take no boolean") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean fine = method.getRawParameterTypes().stream()
                                .noneMatch(type -> type.isEquivalentTo(boolean.class));
                        events.add(new SimpleConditionEvent(method, fine, method.getFullName()));
                    }
                })
                .as("a public method of api or spi takes no boolean");
    }

    ArchRule nothingOnStandardStreams() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".cli..")
                .should(ACCESS_STANDARD_STREAMS)
                .as("only the command writes to standard output and error");
    }

    /** But for what shows a test all that is logged, whoever logs it. */
    ArchRule noOtherLogging() {
        return noClasses()
                .that()
                .haveNameNotMatching(".*\\.testkit\\.LoggedLines.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .as("logging goes through System.Logger");
    }

    ArchRule noGenericExceptions() {
        return noClasses().should(THROW_GENERIC_EXCEPTIONS).as("an exception says what went wrong by its type");
    }

    ArchRule noSleep() {
        return noClasses()
                .should(callMethodWhere(target(name("sleep"))
                        .and(target(owner(ownedBy(Thread.class).or(ownedBy(TimeUnit.class)))))))
                .as("nothing sleeps");
    }

    ArchRule noSerialization() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectOutputStream.class)
                .as("Java serialization is not used");
    }

    ArchRule noTypeNamesInData() {
        return noClasses()
                .should(callMethodWhere(
                        target(name("activateDefaultTyping")).or(target(name("activateDefaultTypingAsProperty")))))
                .as("data never names the class that reads it");
    }

    ArchRule namesSayWhat() {
        return noClasses()
                .that()
                .areNotAnonymousClasses()
                .should()
                .haveNameMatching(".*\\.[^.]*" + EMPTY_WORD.substring(2))
                .as("names say what a type does");
    }

    ArchRule conformanceTestsAreNamedSo() {
        return classes()
                .that(DescribedPredicate.describe(
                        "run the conformance suite",
                        type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency ->
                                        dependency.getTargetClass().isEquivalentTo(ConformanceTests.class))))
                .should()
                .haveSimpleNameEndingWith("ConformanceTest")
                .as("what runs the conformance suite is an XxxConformanceTest");
    }

    /** The top-level types whose being public is a choice: those outside api and spi. */
    Stream<JavaClass> inner(JavaClasses classes) {
        return classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(type -> !type.getPackageName().startsWith(root + ".api"))
                .filter(type -> !type.getPackageName().startsWith(root + ".spi"));
    }

    /** How many of a hundred inner types are package-private. */
    long packagePrivatePercent(JavaClasses classes) {
        long hidden = inner(classes)
                .filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC))
                .count();
        return hidden * 100 / inner(classes).count();
    }

    private static DescribedPredicate<JavaClass> ownedBy(Class<?> type) {
        return JavaClass.Predicates.assignableTo(type);
    }

    private static ArchCondition<JavaClass> condition(String description, Predicate<JavaClass> holds) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(type, holds.test(type), type.getName()));
            }
        };
    }
}
