package dev.fairlead.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A database that can be away, and that tells of statements before they are prepared. */
final class Unreliable {
    private final DataSource database;
    volatile boolean away;
    volatile Consumer<String> onStatement = sql -> {};
    final AtomicInteger refused = new AtomicInteger();

    Unreliable(DataSource database) {
        this.database = database;
    }

    DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                Unreliable.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (away) {
                        refused.incrementAndGet();
                        throw new SQLException("away", "08001");
                    }
                    return watched((Connection) method.invoke(database, arguments));
                });
    }

    private Connection watched(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Unreliable.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        onStatement.accept((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
