package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Question;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** One opener's hold on a store, and the readers, answerers and questions that end with it. */
final class Opening implements AutoCloseable {
    private final Stores.Lease lease;
    private final Set<EmbeddedLogReader> readers = ConcurrentHashMap.newKeySet();
    private final Set<EmbeddedReceiver> receivers = ConcurrentHashMap.newKeySet();
    private final Set<EmbeddedAnswerer> answerers = ConcurrentHashMap.newKeySet();
    private final Set<PendingCall> calls = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    Opening(Stores.Lease lease) {
        this.lease = lease;
    }

    Store store() {
        checkOpen();
        return lease.store();
    }

    void checkOpen() {
        if (closed.get()) {
            throw StorageFailures.closed();
        }
    }

    void join(EmbeddedLogReader reader) {
        readers.add(reader);
        if (closed.get()) {
            reader.close();
            throw StorageFailures.closed();
        }
    }

    void join(EmbeddedReceiver receiver) {
        receivers.add(receiver);
        if (closed.get()) {
            receiver.abandon();
            throw StorageFailures.closed();
        }
    }

    void leave(EmbeddedReceiver receiver) {
        receivers.remove(receiver);
    }

    void leave(EmbeddedLogReader reader) {
        readers.remove(reader);
    }

    void join(EmbeddedAnswerer answerer) {
        answerers.add(answerer);
        if (closed.get()) {
            answerer.abandon();
            throw StorageFailures.closed();
        }
    }

    void leave(EmbeddedAnswerer answerer) {
        answerers.remove(answerer);
    }

    CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        Calls all = store().calls();
        CallLine line = all.find(item);
        if (line == null) {
            throw CallFailures.nobody(item);
        }
        if (!deadline.isPositive()) {
            throw CallFailures.neverRan(item, deadline);
        }
        PendingCall call = new PendingCall(item, question, deadline, all.time(), line.patience());
        calls.add(call);
        call.watchDeadline();
        call.outcome().whenComplete((answer, failure) -> {
            call.forgetDeadline();
            calls.remove(call);
            line.forget(call);
        });
        if (closed.get()) {
            call.fail(StorageFailures.closed());
        } else {
            line.ask(call);
        }
        return call.outcome();
    }

    /** How many questions of this opener have no outcome yet. */
    int asking() {
        return calls.size();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            readers.forEach(EmbeddedLogReader::close);
            receivers.forEach(EmbeddedReceiver::abandon);
            calls.forEach(call -> call.fail(StorageFailures.closed()));
            answerers.forEach(EmbeddedAnswerer::abandon);
            lease.close();
        }
    }
}
