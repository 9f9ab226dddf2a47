package dev.fairlead.cli;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.ChildOpening;
import dev.fairlead.testkit.conformance.MechanismUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The data that a proof has made and not taken away yet, so that whatever ends the proof can do that.
 *
 * <p>Safe for many threads: an interrupt comes on one of its own.
 */
final class ProofData {
    private final Function<Durability, ProvenData> source;
    private final Set<Held> held = new LinkedHashSet<>();
    private volatile boolean ending;
    /** Whether the last opening found no server: who then disposes would wait for it, each time anew. */
    private volatile boolean away;

    ProofData(Function<Durability, ProvenData> source) {
        this.source = source;
    }

    /** A new place for the data of one scenario. */
    MechanismUnderTest at(Durability level) {
        synchronized (held) {
            requireGoingOn();
            Held data = new Held(source.apply(level));
            held.add(data);
            return data;
        }
    }

    /** Whether nothing may be opened any more. */
    boolean isEnding() {
        return ending;
    }

    /** Ends what is open, takes everything away that is left, as far as the time allows, and gives the places of the rest. */
    List<String> end(Duration most) {
        List<Held> rest;
        synchronized (held) {
            ending = true;
            rest = List.copyOf(held);
        }
        Thread ends = Thread.ofPlatform().daemon().name("end of a proof").start(() -> rest.forEach(Held::end));
        try {
            ends.join(most);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        synchronized (held) {
            return held.stream()
                    .filter(data -> data.wasOpened)
                    .map(data -> data.data.place())
                    .toList();
        }
    }

    private void requireGoingOn() {
        if (ending) {
            throw new FairleadException(ErrorCode.CLOSED, "the proof was interrupted");
        }
    }

    private final class Held implements MechanismUnderTest {
        private final ProvenData data;
        private final ReentrantLock lock = new ReentrantLock();
        private final List<Mechanism> opened = new ArrayList<>();
        private volatile boolean wasOpened;

        private Held(ProvenData data) {
            this.data = data;
        }

        @Override
        public String name() {
            return data.name();
        }

        @Override
        public Durability durability() {
            return data.durability();
        }

        @Override
        public Optional<ChildOpening> child() {
            return data.child();
        }

        @Override
        public Optional<String> url() {
            return data.url();
        }

        @Override
        public Mechanism open(TimeSource time) {
            lock.lock();
            try {
                requireGoingOn();
                Mechanism mechanism = data.open(time);
                opened.add(mechanism);
                wasOpened = true;
                away = false;
                return mechanism;
            } catch (FairleadException failure) {
                away = failure.code() == ErrorCode.UNREACHABLE;
                throw failure;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void applyRetention(Mechanism mechanism, String log) {
            data.applyRetention(mechanism, log);
        }

        @Override
        public void dispose() {
            if (!away && !ending) {
                takeAway();
            }
        }

        private void takeAway() {
            lock.lock();
            try {
                data.dispose();
                synchronized (held) {
                    held.remove(this);
                }
            } finally {
                lock.unlock();
            }
        }

        /** What fails stays, and is told. */
        private void end() {
            lock.lock();
            try {
                opened.forEach(Mechanism::close);
                takeAway();
            } catch (RuntimeException left) {
                System.getLogger(ProofData.class.getName())
                        .log(System.Logger.Level.WARNING, () -> "cannot take away " + data.place(), left);
            } finally {
                lock.unlock();
            }
        }
    }
}
