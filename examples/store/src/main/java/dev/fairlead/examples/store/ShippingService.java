package dev.fairlead.examples.store;

import dev.fairlead.api.Copy;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Reading;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Follows;
import dev.fairlead.examples.demo.Services;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The service that sends parcels and a mail for each. A mail is a row of its database, written with the note that the event is handled: it goes out once. */
final class ShippingService implements AutoCloseable {
    static final String NAME = "shipping";

    /** The part of a profile that this service may see. */
    record Addressee(String customerId, String name, String country) {}

    /** The part of a sale that this service may see. */
    sealed interface Ready {
        record SaleDone(@Nullable String customerId, String shipper) implements Ready {}
    }

    /** Nothing in the table keeps a second mail out. */
    private static final String TABLE = "mail (sale_id VARCHAR(64), shipper VARCHAR(64), addressee VARCHAR(200))";

    private static final StateItem<String, Addressee> PROFILE =
            StateItem.of(ProfileService.PROFILE, String.class, Addressee.class);
    private static final EventItem<String, Ready> SALE = EventItem.of(Sale.ITEM.id(), String.class, Ready.class);

    private final Fairlead service;
    private final Copy<String, Addressee> addressees;
    private final ServiceDatabase database;
    private final Seen seen = new Seen();
    private final Group group;

    /** @param folder of its database */
    ShippingService(Services services, Path folder) {
        this.database = ServiceDatabase.open(folder, NAME, TABLE);
        this.service = services.open(NAME, PROFILE, SALE);
        this.addressees = service.copy(PROFILE);
        this.group = new Group(
                NAME,
                "parcels",
                service.events(SALE)
                        .follow(
                                "parcels",
                                Handler.transactional(database.source(), this::send),
                                FailurePolicy.usual(),
                                this::forget));
    }

    /** That a parcel was sent stays; to whom goes. */
    private void forget(String saleId) throws SQLException {
        try (Connection connection = database.source().getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE mail SET addressee = 'somebody' WHERE sale_id = ?")) {
            update.setString(1, saleId);
            update.executeUpdate();
        }
    }

    /** How many parcels were sent under the name. */
    int addressed(String name) {
        return (int) database.column("SELECT addressee FROM mail").stream()
                .filter(name::equals)
                .count();
    }

    private void send(Connection transaction, EventRecord<String, Ready> happened) throws SQLException {
        if (happened.event() instanceof Ready.SaleDone(var customerId, String shipper)) {
            seen.isNew(happened.key(), happened.version());
            try (PreparedStatement insert = transaction.prepareStatement("INSERT INTO mail VALUES (?, ?, ?)")) {
                insert.setString(1, happened.key());
                insert.setString(2, shipper);
                insert.setString(3, name(customerId));
                insert.executeUpdate();
            }
        }
    }

    private String name(@Nullable String customerId) {
        if (customerId == null) {
            return "a guest";
        }
        return switch (addressees.get(customerId)) {
            case Reading.Fresh<Addressee> fresh -> fresh.value().name();
            case Reading.Stale<Addressee> stale -> stale.value().name();
            case Reading.Absent<Addressee> absent -> customerId;
            case Reading.Unready<Addressee> unready ->
                throw new IllegalStateException(
                        "profiles are " + unready.health().state());
        };
    }

    /** The sales for which a mail was sent, as often as it was. */
    List<String> mails() {
        return database.column("SELECT sale_id FROM mail");
    }

    Seen seen() {
        return seen;
    }

    Group group() {
        return group;
    }

    Follows follows() {
        return new Follows(NAME, "profile", addressees);
    }

    @Override
    public void close() {
        service.close();
        database.close();
    }
}
