package dev.fairlead.engine;

import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;

/** A {@link SalePlan} whose logs lie in this process, which serves them to others, and a PostgreSQL that all of them share. */
final class ServedShop implements AutoCloseable {
    private final Path plan;
    private final String url;
    private final DataSource database;
    private final EmbeddedMechanism logs;
    private final LogServer<EmbeddedMechanism> server;
    private final OpenServices services = new OpenServices();

    ServedShop(Path folder) {
        plan = SalePlan.in(folder, "D1");
        url = Databases.urlOfNewPostgres();
        database = Databases.postgres(url);
        logs = EmbeddedMechanism.open(
                new MechanismOpening(Map.of("data", "data", "durability", "D1"), plan, TimeSource.SYSTEM));
        server = new LogServer<>(logs);
    }

    /** Opens the service in this process. */
    Events<String, Sale> events(String service) {
        return services.open(service, plan).events(SalePlan.SALES);
    }

    /** Opens the service in this process, to be closed by the caller. */
    Fairlead open(String service) {
        return SalePlan.open(service, plan, TimeSource.SYSTEM);
    }

    Path plan() {
        return plan;
    }

    String url() {
        return url;
    }

    DataSource database() {
        return database;
    }

    EmbeddedMechanism logs() {
        return logs;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        services.close();
        server.close();
        logs.close();
    }
}
