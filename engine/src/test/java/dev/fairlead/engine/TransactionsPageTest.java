package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.api.StateOutbox;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.engine.StateOutboxChild.Profile;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TransactionsPageTest {
    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("fairlead")))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"transactions", "state"})
    void theCodeIsTheCodeThatIsCompiled(String part) throws IOException {
        String compiled = between(
                Files.readString(root().resolve("engine/src/test/java/dev/fairlead/engine/TransactionsExample.java")),
                "    // " + part + " begins\n",
                "    // " + part + " ends");

        assertThat(Files.readString(root().resolve("docs/transactions.md")))
                .contains("```java\n" + compiled.replaceAll("(?m)^ {4}", "") + "```");
    }

    @ParameterizedTest
    @EnumSource
    void theStateOfTheDatabaseIsTheStateThatIsShared(Databases kind, @TempDir Path folder) throws Exception {
        DataSource database = kind.create();
        Databases.execute(
                database, "CREATE TABLE profiles (customer varchar(20), name varchar(20) CHECK (name <> 'nobody'))");
        PlanFolder.in(folder, "D1");
        try (Fairlead profile = Opening.of("profile", folder).open();
                Fairlead audit = Opening.of("audit", folder).open()) {
            StateOutbox<String, Profile> outbox =
                    profile.own(StateOutboxChild.PROFILES).outbox(database, OutboxSettings.defaults());
            Copy<String, Profile> copy = audit.copy(StateOutboxChild.PROFILES);
            Profile ada = new Profile("17850", "Ada", "e", 1);
            TransactionsExample.rename(database, outbox, ada);
            Profile nobody = new Profile("17850", "nobody", "e", 1);
            assertThatThrownBy(() -> TransactionsExample.rename(database, outbox, nobody))
                    .isInstanceOf(SQLException.class);
            Profile grace = new Profile("12346", "Grace", "e", 1);
            TransactionsExample.rename(database, outbox, grace);

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(copy.snapshot().values().values()).containsExactlyInAnyOrder(ada, grace));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCodeDoesWhatThePageSays(Databases kind, @TempDir Path folder) throws Exception {
        DataSource database = kind.create();
        Databases.execute(
                database,
                "CREATE TABLE sales (sale varchar(20), sku varchar(20), quantity int CHECK (quantity > 0))",
                "CREATE TABLE labels (sale varchar(20), version bigint)");
        SalePlan.in(folder, "D1");
        try (Fairlead checkout = SalePlan.open("checkout", folder, TimeSource.SYSTEM);
                Fairlead shipping = SalePlan.open("shipping", folder, TimeSource.SYSTEM)) {
            Events<String, Sale> sales = checkout.events(SalePlan.SALES);
            Outbox<String, Sale> outbox = sales.outbox(database);
            TransactionsExample.ship(shipping.events(SalePlan.SALES), database);
            TransactionsExample.sell(database, outbox, "s1", new ItemAdded("85123A", 6));
            assertThatThrownBy(() -> TransactionsExample.sell(database, outbox, "s1", new ItemAdded("85123A", 0)))
                    .isInstanceOf(SQLException.class);
            TransactionsExample.sell(database, outbox, "s1", new ItemAdded("71053", 2));

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(
                                    Databases.query(database, "SELECT sale, version FROM labels ORDER BY version"))
                            .containsExactly("s1 1", "s1 2"));
        }
    }

    private static String between(String text, String begin, String end) {
        assertThat(text).contains(begin).contains(end);
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
