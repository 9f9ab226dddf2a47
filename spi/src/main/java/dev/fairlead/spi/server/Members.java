package dev.fairlead.spi.server;

import dev.fairlead.api.FairleadException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The readers, writers and receivers that end with one opening of a mechanism, and whether it is closed. Safe for many threads. */
public final class Members {
    private final Supplier<FairleadException> closedFailure;
    private final Set<Member> members = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What ends with its opening. */
    public interface Member {
        /** Ends it; returns when nothing of it is under way. May be called more than once. */
        void end();
    }

    /** @param closedFailure what a call fails with once the opening is closed */
    public Members(Supplier<FairleadException> closedFailure) {
        this.closedFailure = closedFailure;
    }

    /** Fails once the opening is closed, or about to be. */
    public void checkOpen() {
        if (closing.get()) {
            throw closedFailure.get();
        }
    }

    /** From now on the opening's end is the member's; one that comes too late ends at once, and the call fails. */
    public void join(Member member) {
        members.add(member);
        if (closing.get()) {
            members.remove(member);
            member.end();
            throw closedFailure.get();
        }
    }

    /** It has ended by itself. */
    public void leave(Member member) {
        members.remove(member);
    }

    /** Ends all members and then the rest, whatever fails; who calls it again waits until that is done. An interrupt does not end the wait. */
    public void close(Runnable rest) {
        if (!closing.compareAndSet(false, true)) {
            awaitClosed();
            return;
        }
        try {
            members.forEach(Member::end);
        } finally {
            try {
                rest.run();
            } finally {
                closed.countDown();
            }
        }
    }

    private void awaitClosed() {
        boolean interrupted = false;
        while (closed.getCount() > 0) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
