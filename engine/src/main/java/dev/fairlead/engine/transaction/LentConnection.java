package dev.fairlead.engine.transaction;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/** A connection as a handler gets it: it cannot end the transaction, and is of no use afterwards. */
final class LentConnection implements InvocationHandler, AutoCloseable {
    private static final Set<String> ENDING =
            Set.of("commit", "close", "abort", "setAutoCommit", "beginRequest", "endRequest");

    private final Connection connection;
    private final Connection lent;
    private volatile boolean over;

    private LentConnection(Connection connection) {
        this.connection = connection;
        this.lent = (Connection)
                Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    static LentConnection of(Connection connection) {
        return new LentConnection(connection);
    }

    Connection connection() {
        return lent;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        switch (name) {
            case "equals" -> {
                return proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            case "isClosed" -> {
                return over || connection.isClosed();
            }
            default -> {}
        }
        if (over) {
            throw new FairleadException(
                    ErrorCode.TRANSACTION,
                    "the connection was lent to a handler that has returned (use it inside only)");
        }
        if (ENDING.contains(name) || (name.equals("rollback") && (arguments == null || arguments.length == 0))) {
            throw new FairleadException(
                    ErrorCode.TRANSACTION,
                    "a handler cannot call " + name + " on its connection: the transaction ends when it returns, and is"
                            + " rolled back when it throws (savepoints are free to use)");
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
