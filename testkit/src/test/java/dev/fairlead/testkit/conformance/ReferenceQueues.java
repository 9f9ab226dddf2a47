package dev.fairlead.testkit.conformance;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The queues of all reference mechanisms on one store, as lists below the store's monitor. */
final class ReferenceQueues {
    static final class QueueData {
        final String name;
        final Durability durability;
        final LinkedHashSet<Stored> messages = new LinkedHashSet<>();
        final List<DeadLetter> dead = new ArrayList<>();
        final List<Dismissal> dismissals = new ArrayList<>();
        long nextDead;

        QueueData(String name, Durability durability) {
            this.name = name;
            this.durability = durability;
        }

        QueueDepth depth(Instant now) {
            long held = messages.stream().filter(each -> each.holder != null).count();
            long later = messages.stream()
                    .filter(each -> each.notBefore.isAfter(now))
                    .count();
            return new QueueDepth(messages.size() - held - later, later, held, dead.size());
        }
    }

    static final class Stored {
        final Question message;
        Instant notBefore;
        int attempts;

        @Nullable
        Held holder;

        Stored(Question message, Instant notBefore) {
            this.message = message;
            this.notBefore = notBefore;
        }
    }

    private ReferenceQueues() {}

    static final class Receiver implements QueueReceiver {
        final ReferenceQueueing owner;
        final QueueData data;
        final Duration lease;
        boolean closed;

        Receiver(ReferenceQueueing owner, QueueData data, Duration lease) {
            this.owner = owner;
            this.data = data;
            this.lease = lease;
        }

        @Override
        public List<Delivered> poll(int most, Duration wait) {
            if (most < 1 || most > Queue.MAX_POLL) {
                throw bad(data, "cannot give " + most);
            }
            long deadline = System.nanoTime() + wait.toNanos();
            synchronized (owner.store) {
                while (true) {
                    requireOpen();
                    List<Delivered> taken = owner.take(this, most);
                    long left = deadline - System.nanoTime();
                    if (!taken.isEmpty() || left <= 0) {
                        return taken;
                    }
                    watch();
                    try {
                        TimeUnit.NANOSECONDS.timedWait(owner.store, left);
                    } catch (InterruptedException e) {
                        owner.keepInterrupt();
                        throw new FairleadException(ErrorCode.CLOSED, "interrupted");
                    }
                }
            }
        }

        /** Wakes all when a lease ends or a moment comes. */
        private void watch() {
            for (Stored each : data.messages) {
                Held holder = each.holder;
                if (holder != null) {
                    owner.wakeAt(holder.until);
                } else if (each.notBefore.isAfter(owner.time().now())) {
                    owner.wakeAt(owner.time().nanos()
                            + Duration.between(owner.time().now(), each.notBefore)
                                    .toNanos());
                }
            }
        }

        private void requireOpen() {
            owner.requireOpen();
            if (closed) {
                throw new FairleadException(ErrorCode.CLOSED, "the receiver is closed");
            }
        }

        List<Delivered> take(int most) {
            List<Delivered> taken = new ArrayList<>();
            for (Stored each : data.messages) {
                if (taken.size() == most) {
                    break;
                }
                if (owner.mayTake(each) && !each.notBefore.isAfter(owner.time().now())) {
                    each.attempts = owner.attemptsAfter(each.attempts);
                    each.holder = new Held(this, each, owner.time().nanos() + lease.toNanos());
                    taken.add(each.holder);
                }
            }
            return taken;
        }

        @Override
        public void close() {
            synchronized (owner.store) {
                closed = true;
                owner.wakeReaders();
            }
        }
    }

    static final class Held implements Delivered {
        final Receiver receiver;
        final Stored stored;
        final long until;
        private final int attempt;

        Held(Receiver receiver, Stored stored, long until) {
            this.receiver = receiver;
            this.stored = stored;
            this.until = until;
            this.attempt = stored.attempts;
        }

        boolean over() {
            return receiver.owner.leaseOver(receiver.owner.time().nanos() - until);
        }

        @Override
        public Question message() {
            return stored.message;
        }

        @Override
        public int attempt() {
            return attempt;
        }

        @Override
        public CompletableFuture<Void> acknowledge() {
            return settle(() -> receiver.owner.acknowledge(receiver.data, stored));
        }

        @Override
        public CompletableFuture<Void> giveBack(Duration delay) {
            if (delay.isNegative() || delay.compareTo(Queue.LONGEST) > 0) {
                return CompletableFuture.failedFuture(
                        bad(receiver.data, "cannot be given a message back for " + delay));
            }
            return settle(() -> receiver.owner.giveBack(receiver.data, stored, delay));
        }

        @Override
        public CompletableFuture<Void> handBack() {
            return settle(() -> receiver.owner.handBack(receiver.data, stored));
        }

        @Override
        public CompletableFuture<Void> setAside(String error) {
            return settle(() -> receiver.owner.setAside(receiver.data, stored, error));
        }

        private CompletableFuture<Void> settle(Runnable change) {
            ReferenceQueueing owner = receiver.owner;
            synchronized (owner.store) {
                try {
                    owner.requireOpen();
                    if (owner.fenced(this)) {
                        throw new FairleadException(ErrorCode.FENCED, receiver.data.name + ": the lease is over");
                    }
                } catch (FairleadException refusal) {
                    return CompletableFuture.failedFuture(refusal);
                }
                stored.holder = null;
                change.run();
                owner.wakeReaders();
                return CompletableFuture.completedFuture(null);
            }
        }
    }

    record Letters(ReferenceQueueing owner, QueueData data) implements DeadLetters {
        @Override
        public List<DeadLetter> list(long after, int most) {
            if (most < 1 || most > MOST) {
                throw bad(data, "cannot list " + most);
            }
            synchronized (owner.store) {
                owner.requireOpen();
                return data.dead.stream()
                        .filter(letter -> letter.number() > after)
                        .limit(most)
                        .toList();
            }
        }

        @Override
        public Optional<DeadLetter> find(long number) {
            synchronized (owner.store) {
                owner.requireOpen();
                return data.dead.stream()
                        .filter(letter -> letter.number() == number)
                        .findFirst();
            }
        }

        @Override
        public int redrive(List<Long> numbers) {
            synchronized (owner.store) {
                owner.requireOpen();
                int count = 0;
                for (long number : new LinkedHashSet<>(numbers)) {
                    Optional<DeadLetter> letter = find(number);
                    letter.ifPresent(found -> owner.redrive(data, found));
                    count += letter.isPresent() ? 1 : 0;
                }
                owner.wakeReaders();
                return count;
            }
        }

        @Override
        public void dismiss(long number, String reason) {
            if (reason.isBlank() || reason.length() > MAX_REASON) {
                throw bad(data, "needs a reason");
            }
            synchronized (owner.store) {
                owner.requireOpen();
                DeadLetter letter = find(number).orElseThrow(() -> bad(data, "has no letter " + number));
                data.dead.remove(letter);
                owner.keepDismissal(
                        data, new Dismissal(number, reason, owner.time().now()));
            }
        }

        @Override
        public List<Dismissal> dismissals() {
            synchronized (owner.store) {
                return List.copyOf(data.dismissals.reversed());
            }
        }
    }

    static FairleadException bad(QueueData data, String what) {
        return new FairleadException(ErrorCode.BAD_VALUE, "queue " + data.name + " " + what);
    }
}
