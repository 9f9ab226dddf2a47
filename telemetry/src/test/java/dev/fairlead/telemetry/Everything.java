package dev.fairlead.telemetry;

import static dev.fairlead.telemetry.Store.CHARGE;
import static dev.fairlead.telemetry.Store.PARCELS;
import static dev.fairlead.telemetry.Store.RATE;
import static dev.fairlead.telemetry.Store.SALES;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.Owner;
import dev.fairlead.telemetry.Store.Charge;
import dev.fairlead.telemetry.Store.Paid;
import dev.fairlead.telemetry.Store.Parcel;
import dev.fairlead.telemetry.Store.Rate;
import dev.fairlead.telemetry.Store.Sale;
import dev.fairlead.testbed.TestLandscape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;

/** A landscape in which one of each thing is open and has something to count: the sku {@code bad} fails wherever it comes. */
final class Everything implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);
    private static final FailurePolicy ONCE =
            new FailurePolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final TestLandscape landscape = Store.open();
    private final JdbcDataSource database = new JdbcDataSource();
    private final Fairlead shipping;
    private final Owner<String, Parcel> parcels;
    private final Outbox<String, Sale> outbox;

    Everything(FairleadTelemetry telemetry) {
        landscape.watchWith(telemetry);
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Events<String, Sale> sales = landscape.open("checkout").events(SALES);
        outbox = sales.outbox(database);
        shipping = landscape.open("shipping");
        parcels = shipping.own(PARCELS);
        shipping.events(SALES).follow("send", Handler.effect(paid -> refuse(paid.key())), ONCE);
        landscape
                .open("audit")
                .events(SALES)
                .follow("file", Handler.transactional(database, (transaction, paid) -> {}));
        Fairlead payment = landscape.open("payment");
        payment.answer(RATE, (question, asked) -> question);
        payment.handle(CHARGE, (charge, told) -> refuse(charge.saleId()), ONCE);
        Copy<String, Parcel> copy = landscape.open("storefront").copy(PARCELS);
        copy.listen(change -> {});
        quiet();
    }

    private static void refuse(String sale) {
        if (sale.equals("bad")) {
            throw new IllegalStateException("bad");
        }
    }

    TestLandscape landscape() {
        return landscape;
    }

    void quiet() {
        landscape.awaitQuiet(SOON);
    }

    void happen(String... sales) throws SQLException {
        for (String sale : sales) {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                outbox.append(connection, sale, new Paid("a"));
                connection.commit();
            }
            parcels.put(new Parcel(sale, "a"));
            shipping.tell(CHARGE, new Charge(sale));
            shipping.ask(RATE, new Rate("a"));
        }
        quiet();
    }

    void execute(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    @Override
    public void close() {
        landscape.close();
    }
}
