package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.server.Uninterrupted;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** One opening of the mechanism: what it has open, and whether it is closed. */
final class Opening {
    /** Something of an opening that ends with it; returns when nothing of it is under way. */
    interface Member {
        void end();
    }

    private final Server server;
    private final long holder = Server.newHolder();
    private final Set<Member> members = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    Opening(Server server) {
        this.server = server;
    }

    /** The server, or CLOSED. */
    Server server() {
        if (closing.get()) {
            throw Failures.closed();
        }
        return server;
    }

    boolean isClosed() {
        return closing.get();
    }

    /** What marks the messages that this opening holds. */
    long holder() {
        return holder;
    }

    /** The opening ends the member with itself. */
    void join(Member member) {
        members.add(member);
        if (closing.get()) {
            members.remove(member);
            member.end();
            throw Failures.closed();
        }
    }

    void leave(Member member) {
        members.remove(member);
    }

    void close() {
        if (!closing.compareAndSet(false, true)) {
            Uninterrupted.await(closed);
            return;
        }
        try {
            server.bells().ringAll();
            members.forEach(Member::end);
        } finally {
            server.leave();
            closed.countDown();
        }
    }
}
