package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handler;
import dev.fairlead.engine.transaction.ConnectionBroke;
import dev.fairlead.engine.transaction.DatabaseAway;
import dev.fairlead.planner.WhenUnknown;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What is done for one lane: its parked key takes in what follows, parked records are sent again when asked for, and else its first
 * record is handled. A record is dropped from its lane only when it was handled or is parked durably.
 */
final class GroupWork<K, E> {
    private static final System.Logger LOG = System.getLogger(GroupWork.class.getName());
    private static final Next DONE = new Next.Done();
    private static final Next AGAIN = new Next.Again();
    private static final Next PAUSE = new Next.Later(Duration.ofMillis(200), () -> {});

    private final String name;
    private final EventInlet<K, E> inlet;
    private final Performer<K, E> performer;
    private final boolean inReplay;
    private final FailurePolicy policy;
    private final GroupErasing<K> erasing;
    private final WhenUnknown whenUnknown;
    private final Parking parking;
    private final GroupProgress progress;
    private final GroupCounts counts;
    private final TimeSource time;
    private final Steps steps;
    private final Telemetry.Work work;
    private final Lanes lanes;
    private final Runnable overtaken;
    private final AtomicBoolean databaseAway = new AtomicBoolean();

    /** @param overtaken called when another follower has taken the group over */
    GroupWork(
            String name,
            EventInlet<K, E> inlet,
            Handler<K, E> handler,
            Performer<K, E> performer,
            FailurePolicy policy,
            GroupErasing<K> erasing,
            WhenUnknown whenUnknown,
            Parking parking,
            GroupProgress progress,
            GroupCounts counts,
            TimeSource time,
            Steps steps,
            Telemetry.Work work,
            Runnable overtaken) {
        this.name = name;
        this.inlet = inlet;
        this.performer = performer;
        this.inReplay = handler instanceof Handler.Projection;
        this.policy = policy;
        this.erasing = erasing;
        this.whenUnknown = whenUnknown;
        this.parking = parking;
        this.progress = progress;
        this.counts = counts;
        this.time = time;
        this.steps = steps;
        this.work = work;
        this.overtaken = overtaken;
        this.lanes = new Lanes(name, this::step, time);
    }

    Lanes lanes() {
        return lanes;
    }

    /** A record that an attempt is about: the first of its lane, or the first parked one of its key. */
    private sealed interface Subject {
        record First(Taken taken) implements Subject {}

        record Parked(Kept kept) implements Subject {}
    }

    private Next step(Lane lane) {
        return guarded(() -> {
            Taken first = lane.first;
            if (first != null && !first.replayed() && parking.wasParked(first.offset())) {
                return finish(first);
            }
            if (first != null && erasing.concerns(first.record())) {
                return erase(lane, first);
            }
            Kept parked = parking.first(lane.key).orElse(null);
            if (parked == null) {
                redriven(lane);
                return first == null ? AGAIN : take(lane, first);
            }
            if (first != null) {
                return behind(lane, first, parked);
            }
            return lane.redrive ? sendAgain(lane, parked) : AGAIN;
        });
    }

    /** What came of the key so far is done or parked here, so that everything that the group has of it can go. */
    private Next erase(Lane lane, Taken first) {
        if (first.replayed()) {
            return passOver(first);
        }
        parking.erase(lane.key);
        redriven(lane);
        return erase(lane, first.record(), new Subject.First(first));
    }

    /** A failing one is parked like an event, so that its key waits and no other does; the report says that it failed. */
    private Next erase(Lane lane, LogRecord record, Subject subject) {
        Throwable failure = erasing.erase(record);
        if (failure == null) {
            lane.settle();
            return erased(lane, subject);
        }
        lane.failed++;
        if (lane.failed < policy.attempts()) {
            return new Next.Later(policy.delayAfter(lane.failed), counts.retried::increment);
        }
        String error = ErrorText.of(failure);
        erasing.failed(record, error);
        return setAside(lane, subject, error);
    }

    private Next erased(Lane lane, Subject subject) {
        return switch (subject) {
            case Subject.First(Taken taken) -> passOver(taken);
            case Subject.Parked(Kept kept) -> {
                parking.handled(lane.key, kept);
                yield AGAIN;
            }
        };
    }

    /** A replayed record from before the first parked one is still to be handled; everything else queues behind it. */
    private Next behind(Lane lane, Taken first, Kept parked) {
        if (first.replayed() && first.offset() < parked.origin()) {
            return take(lane, first);
        }
        if (lane.redrive && parking.full()) {
            return sendAgain(lane, parked);
        }
        return switch (parking.parkBehind(first.record())) {
            case QUEUED -> finish(first);
            case ALONE -> AGAIN;
            case NO_ROOM -> PAUSE;
        };
    }

    private Next take(Lane lane, Taken first) {
        return switch (inlet.look(first.record())) {
            case Arrival.Known<K, E> known ->
                first.replayed() && !inReplay
                        ? finish(first)
                        : attempt(lane, first.record(), known, new Subject.First(first));
            case Arrival.Unused<K, E> unused -> passOver(first);
            case Arrival.Unknown<K, E>(String error) ->
                whenUnknown == WhenUnknown.SKIP ? passOver(first) : setAside(lane, new Subject.First(first), error);
            case Arrival.Damaged<K, E>(String error) -> setAside(lane, new Subject.First(first), error);
        };
    }

    private Next sendAgain(Lane lane, Kept parked) {
        LogRecord record = parking.record(parked);
        Subject subject = new Subject.Parked(parked);
        if (erasing.concerns(record)) {
            return erase(lane, record, subject);
        }
        return switch (inlet.look(record)) {
            case Arrival.Known<K, E> known -> attempt(lane, record, known, subject);
            case Arrival.Unused<K, E> unused -> succeeded(lane, subject);
            case Arrival.Unknown<K, E>(String error) ->
                whenUnknown == WhenUnknown.SKIP ? succeeded(lane, subject) : setAside(lane, subject, error);
            case Arrival.Damaged<K, E>(String error) -> setAside(lane, subject, error);
        };
    }

    private Next attempt(Lane lane, LogRecord written, Arrival.Known<K, E> known, Subject subject) {
        if (lane.failed >= policy.attempts() || (lane.squeezed && lane.failed > 0)) {
            return setAside(lane, subject, lane.error);
        }
        if (lane.awaitsDatabase()) {
            return PAUSE;
        }
        if (lane.hangs()) {
            return setAside(
                    lane, subject, "an attempt was interrupted after " + policy.timeLimit() + " and still runs");
        }
        Attempt attempt = new Attempt();
        TimeSource.Alarm limit = time.at(time.nanos() + policy.timeLimit().toNanos(), () -> {
            boolean away = attempt.awaitsDatabase();
            if (attempt.giveUp()) {
                lanes.goOn(lane, () -> away ? waitedTooLong(lane, attempt) : tookTooLong(lane, attempt, subject));
            }
        });
        Throwable failure = call(written, known, attempt);
        boolean inTime = attempt.end();
        limit.cancel();
        boolean interrupted = Thread.interrupted();
        if (!inTime) {
            return new Next.Left();
        }
        if (failure == null) {
            return succeeded(lane, subject);
        }
        if (failure instanceof DatabaseAway) {
            return away(failure);
        }
        if (failure instanceof ConnectionBroke && !lane.broke) {
            lane.broke = true; // once it may be that the database began anew
            return PAUSE;
        }
        return interrupted && lanes.isClosed() ? PAUSE : failed(lane, subject, ErrorText.of(failure));
    }

    /** This says nothing about the event. */
    private Next away(@Nullable Throwable failure) {
        if (!databaseAway.getAndSet(true) && !lanes.isClosed()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> name + " gets no connection from the application's database and waits for one",
                    failure);
        }
        return PAUSE;
    }

    private Next waitedTooLong(Lane lane, Attempt attempt) {
        lane.hanging = attempt;
        return guarded(() -> {
            attempt.abandon();
            return away(null);
        });
    }

    private @Nullable Throwable call(LogRecord written, Arrival.Known<K, E> known, Attempt attempt) {
        try {
            return steps.receive(work, known.origin(), () -> {
                performer.perform(written, known.happened(), attempt);
                return null;
            });
        } catch (Throwable failure) { // whatever an application throws concerns its key and no other
            return failure;
        }
    }

    private Next tookTooLong(Lane lane, Attempt attempt, Subject subject) {
        lane.hanging = attempt;
        return guarded(() -> failed(lane, subject, "an attempt took longer than " + policy.timeLimit()));
    }

    private Next succeeded(Lane lane, Subject subject) {
        Next next = switch (subject) {
            case Subject.First(Taken taken) -> finish(taken);
            case Subject.Parked(Kept kept) -> {
                parking.handled(lane.key, kept);
                yield AGAIN;
            }
        };
        lane.settle();
        databaseAway.set(false);
        counts.handled.increment();
        return next;
    }

    private Next failed(Lane lane, Subject subject, String error) {
        if (lanes.isClosed()) {
            return PAUSE;
        }
        lane.failed++;
        lane.error = error;
        if (lane.failed < policy.attempts() && !lane.squeezed) {
            return new Next.Later(policy.delayAfter(lane.failed), counts.retried::increment);
        }
        return setAside(lane, subject, error);
    }

    private Next setAside(Lane lane, Subject subject, String error) {
        switch (subject) {
            case Subject.First(Taken taken) -> {
                if (!parking.park(taken.record(), lane.failed, error)) {
                    return PAUSE;
                }
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> name + " parked the key of record " + taken.offset() + ": " + error);
                lane.settle();
                return finish(taken);
            }
            case Subject.Parked(Kept kept) -> {
                parking.failedAgain(lane.key, kept, kept.attempts() + lane.failed, error);
                redriven(lane);
                lane.settle();
                return AGAIN;
            }
        }
    }

    private void redriven(Lane lane) {
        parking.redriven(lane.key);
        lanes.redriven(lane);
    }

    private Next passOver(Taken taken) {
        counts.passedOver.increment();
        return finish(taken);
    }

    private Next finish(Taken taken) {
        progress.done(taken);
        return DONE;
    }

    @FunctionalInterface
    private interface Step {
        Next take();
    }

    /** Whatever goes wrong in our own part, above all when parking cannot be made durable, is tried again: nothing is dropped. */
    private Next guarded(Step step) {
        try {
            return step.take();
        } catch (RuntimeException | Error e) {
            if (e instanceof FairleadException known && known.code() == ErrorCode.FENCED) {
                overtaken.run();
            } else if (!lanes.isClosed()) {
                LOG.log(System.Logger.Level.WARNING, () -> name + " cannot go on with a key and tries again", e);
            }
            return PAUSE;
        }
    }
}
