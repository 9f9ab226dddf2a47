package dev.fairlead.engine;

import static dev.fairlead.engine.Databases.commit;
import static dev.fairlead.engine.Relays.BRISK;
import static dev.fairlead.engine.Relays.awaitEmpty;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Events;
import dev.fairlead.api.Outbox;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class OutboxVersionsTest {
    @TempDir
    Path folder;

    @RegisterExtension
    final OpenServices services = new OpenServices();

    /** H2 on files can set a row back (decision 68). All rows are there in one look, and the newest is published and not yet marked. */
    @ParameterizedTest
    @EnumSource
    void whatIsNewIsPublishedThoughTheVersionsOfItsKeyWentBack(Databases kind) {
        SalePlan.in(folder, "D1");
        DataSource database = kind.create();
        Events<String, Sale> sales = services.open("checkout", folder).events(SalePlan.SALES);
        Outbox<String, Sale> outbox = sales.outbox(database, BRISK);
        commit(database, connection -> outbox.append(connection, "s1", new ItemAdded("sku", 0)));
        awaitEmpty(outbox::statistics);

        commit(database, connection -> {
            outbox.append(connection, "s1", new ItemAdded("sku", 1));
            try (Statement back = connection.createStatement()) {
                back.execute("UPDATE fairlead_outbox_keys SET version = 0");
            }
            outbox.append(connection, "s1", new ItemAdded("sku", 2));
        });
        awaitEmpty(outbox::statistics);
        assertThat(OutboxRaceTest.log(sales)).isEqualTo(Map.of("s1", List.of(0, 1, 2)));
    }
}
