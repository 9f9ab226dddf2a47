package dev.fairlead.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Item;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plans of the examples: every service opens with its generated handles, and PostgreSQL takes all scripts. */
class ExamplePlansTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"store", "trading"})
    void everyServiceOpensWithItsHandles(String example) throws Exception {
        Plan plan = plan(example);
        List<GeneratedFile> files =
                Generator.generate(plan, Choice.everything()).files();

        try (CompiledJava compiled = CompiledJava.of(files, folder.resolve("classes"))) {
            assertThat(plan.services()).hasSizeGreaterThan(5);
            for (ServicePlan service : plan.services()) {
                Item[] items = (Item[]) compiled.type("generated." + JavaNames.packageOf(service.name()) + ".Items")
                        .getMethod("all")
                        .invoke(null);
                assertThat(items)
                        .hasSize(service.shares().size() + service.needs().size());
                try (Fairlead fairlead = Fairlead.open(service.name(), folder, items)) {
                    assertThat(fairlead.service()).isEqualTo(service.name());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "trading"})
    void postgresTakesAllScriptsInAnyOrder(String example) throws Exception {
        List<GeneratedFile> files =
                Generator.generate(plan(example), Choice.everything()).files();
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String script : List.of("/tables.sql", "/readers.sql", "/readers.sql")) {
                for (GeneratedFile file : files.reversed()) {
                    if (file.path().endsWith(script)) {
                        statement.execute(file.content());
                    }
                }
            }
        }
    }

    private Plan plan(String example) throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of("../examples").resolve(example).resolve("plan"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.writeString(folder.resolve("landscape.yaml"), "mechanisms:\n  embedded: { data: data }\n");
        return TestPlans.read(folder);
    }
}
