package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.FairleadException;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** The connection on which things are looked up and put in order: what is done on it is rare, and each does it in a session of its own. */
final class Administration implements AutoCloseable {
    private final Broker broker;
    private final Reopened<Line> line;

    /** One that works in a session. */
    @FunctionalInterface
    interface Work<T> {
        T in(Session session) throws ClientException;
    }

    private record Line(Broker.Wire wire) implements Reopened.Open {
        @Override
        public boolean isBroken() {
            return wire.broken().get();
        }

        @Override
        public void close() {
            wire.close();
        }
    }

    Administration(Broker broker) {
        this.broker = broker;
        this.line = new Reopened<>(
                () -> new Line(broker.connect()), broker.settings().timeout());
    }

    Broker broker() {
        return broker;
    }

    /** Does what leaves no trace when it fails in its middle; what fails at once is done again. */
    <T> T look(String what, Work<T> work) {
        long begin = System.nanoTime();
        try {
            return once(what, work);
        } catch (FairleadException failure) {
            boolean late =
                    System.nanoTime() - begin > broker.settings().timeout().toNanos() / 2;
            if (Failures.isFinal(failure) || late) {
                throw failure;
            }
            return once(what, work);
        }
    }

    /** Does it in a session, whose end gives back all that was not settled. */
    <T> T once(String what, Work<T> work) {
        Line open = line.get();
        try {
            Session session = open.wire().connection().openSession();
            Waiting.get(session.openFuture(), broker.settings().timeout());
            try {
                T result = work.in(session);
                Waiting.get(session.closeAsync(), broker.settings().timeout());
                return result;
            } catch (FairleadException refusal) {
                session.closeAsync();
                throw refusal;
            }
        } catch (ClientException e) {
            line.drop(open);
            throw Failures.of(what, e);
        }
    }

    @Override
    public void close() {
        Line open = line.end();
        if (open != null) {
            open.close();
        }
    }
}
