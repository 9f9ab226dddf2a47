package dev.fairlead.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who may use whom, below one root package. */
record DirectionRules(String root) {
    /** Each layer, and what it may use besides itself. A layer is the package of that name, with all below it. */
    private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("api", Set.of()),
            Map.entry("spi", Set.of("api")),
            Map.entry("contracts", Set.of("api")),
            Map.entry("planner", Set.of("api", "contracts", "spi")),
            Map.entry("generate", Set.of("api", "contracts", "planner")),
            Map.entry("engine", Set.of("api", "contracts", "planner", "spi")),
            Map.entry("mechanisms", Set.of("api", "spi")),
            Map.entry("codecs", Set.of("api", "spi")),
            Map.entry("testkit", Set.of("api", "spi")),
            Map.entry("servers", Set.of()),
            Map.entry("telemetry", Set.of("api", "spi")),
            Map.entry("schemas", Set.of("api", "contracts", "planner")),
            Map.entry("testbed", Set.of("api", "engine", "planner", "spi", "testkit")),
            Map.entry("node", Set.of("api", "contracts", "engine", "generate", "planner", "spi")),
            Map.entry("examples", Set.of("api", "contracts", "engine", "planner", "spi", "testkit")),
            Map.entry("binder", Set.of()),
            Map.entry(
                    "benchmarks",
                    Set.of("api", "codecs", "contracts", "engine", "mechanisms", "node", "planner", "spi", "testkit")),
            Map.entry(
                    "cli",
                    Set.of(
                            "api",
                            "benchmarks",
                            "codecs",
                            "contracts",
                            "engine",
                            "examples",
                            "generate",
                            "mechanisms",
                            "node",
                            "planner",
                            "schemas",
                            "servers",
                            "spi",
                            "testkit"))));

    List<ArchRule> all() {
        return List.of(layers(), noCycles(), mechanismsApart(), codecsApart(), plainTypes());
    }

    /** {@code cli, node -> engine -> planner -> contracts, spi -> api}; a mechanism or codec sees api and spi only. */
    ArchRule layers() {
        LayeredArchitecture layers =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String layer : MAY_USE.keySet()) {
            layers = layers.layer(layer).definedBy(below(layer));
        }
        for (Map.Entry<String, Set<String>> layer : MAY_USE.entrySet()) {
            String[] used = layer.getValue().toArray(String[]::new);
            layers = used.length == 0
                    ? layers.whereLayer(layer.getKey()).mayNotAccessAnyLayer()
                    : layers.whereLayer(layer.getKey()).mayOnlyAccessLayers(used);
        }
        return layers.ensureAllClassesAreContainedInArchitecture().as("dependencies point in one direction");
    }

    ArchRule noCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles().as("packages form no cycle");
    }

    ArchRule mechanismsApart() {
        return slices().matching(root + ".mechanisms.(*)..")
                .should()
                .notDependOnEachOther()
                .as("a mechanism knows no other mechanism");
    }

    ArchRule codecsApart() {
        return slices().matching(root + ".codecs.(*)..")
                .should()
                .notDependOnEachOther()
                .as("a codec knows no other codec");
    }

    ArchRule plainTypes() {
        return classes()
                .that()
                .resideInAnyPackage(below("api"), below("spi"), below("contracts"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.net.ssl..",
                        "javax.sql..",
                        "org.jspecify.annotations..",
                        below("api"),
                        below("spi"),
                        below("contracts"))
                .as("api, spi and contracts show no foreign type");
    }

    private String below(String layer) {
        return root + "." + layer + "..";
    }
}
