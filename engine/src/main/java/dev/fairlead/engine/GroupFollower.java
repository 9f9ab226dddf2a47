package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.FollowStatus;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.InboxStatistics;
import dev.fairlead.api.ParkedEvent;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.api.Position;
import dev.fairlead.engine.transaction.Inbox;
import dev.fairlead.engine.transaction.InboxKeeper;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.Telemetry;
import dev.fairlead.spi.TimeSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A group that follows an item: a pump fills its lanes, its position follows what is done, its parking keeps what failed. */
final class GroupFollower<K, E> implements Following<K, E> {
    private static final System.Logger LOG = System.getLogger(GroupFollower.class.getName());
    private static final int LISTED = 1000;
    private static final int LONGEST_REASON = 1000;
    private static final String REPLACED = "another instance of the service follows it now";

    private final String name;
    private final EventPlan plan;
    private final Log log;
    private final KeyText<K> keyText;
    private final EventInlet<K, E> inlet;
    private final Parking parking;
    private final GroupProgress progress;
    private final GroupCounts counts = new GroupCounts();
    private final Lanes lanes;
    private final GroupPump pump;
    private final @Nullable BatchIntake<K, E> batches;
    private final @Nullable InboxKeeper keeper;
    private final GroupPosition position;
    private final CopyThreads threads;
    private final Runnable whenReplaced;
    private final GroupErasing<K> erasing;
    private volatile boolean closed;
    private volatile boolean replaced;
    private volatile boolean left;

    GroupFollower(
            String name,
            EventPlan plan,
            String positionOf,
            Log log,
            KeyText<K> keyText,
            EventInlet<K, E> inlet,
            Handler<K, E> handler,
            @Nullable Inbox inbox,
            FailurePolicy policy,
            GroupErasing<K> erasing,
            Parking parking,
            long from,
            TimeSource time,
            Steps steps,
            Telemetry.Work work,
            Runnable whenReplaced) {
        this.name = name;
        this.plan = plan;
        this.log = log;
        this.keyText = keyText;
        this.inlet = inlet;
        this.parking = parking;
        this.whenReplaced = whenReplaced;
        this.erasing = erasing;
        this.progress = new GroupProgress(from);
        this.lanes = new GroupWork<>(
                        name,
                        inlet,
                        handler,
                        performer(handler, inlet, inbox),
                        policy,
                        erasing,
                        plan.whenUnknown(),
                        parking,
                        progress,
                        counts,
                        time,
                        steps,
                        work,
                        this::overtaken)
                .lanes();
        this.batches = handler instanceof Handler.Transactional<K, E> transactional && transactional.most() > 1
                ? new BatchIntake<>(
                        name,
                        inlet,
                        Objects.requireNonNull(inbox),
                        transactional,
                        policy,
                        parking,
                        lanes,
                        progress,
                        counts,
                        time,
                        steps,
                        work)
                : null;
        Intake intake = batches == null ? lanes::take : batches;
        this.pump = new GroupPump(name, log, plan.id(), intake, lanes, progress, counts, parking::full);
        this.position = new GroupPosition(
                log, plan.id(), positionOf, progress, parking::noted, parking::sayAlive, this::overtaken);
        this.threads = new CopyThreads(name);
        this.keeper = inbox == null ? null : new InboxKeeper(name, inbox, time);
    }

    private static <K, E> Performer<K, E> performer(
            Handler<K, E> handler, EventInlet<K, E> inlet, @Nullable Inbox inbox) {
        return switch (handler) {
            case Handler.Projection<K, E>(Handler.Action<K, E> action) -> Performer.plain(action);
            case Handler.Effect<K, E>(Handler.Action<K, E> action) -> Performer.plain(action);
            case Handler.Transactional<K, E> transactional ->
                Performer.transactional(Objects.requireNonNull(inbox), inlet, transactional);
        };
    }

    void start() {
        threads.onClose(pump::close);
        if (batches != null) {
            threads.onClose(batches::close);
            batches.start();
        }
        threads.start("pump", pump);
        threads.start("position", position);
        if (keeper != null) {
            keeper.start();
        }
        parking.redrives().forEach(lanes::redrive);
        parking.withFirst(record -> erasing.concerns(record)).forEach(lanes::redrive);
    }

    private void overtaken() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            replaced = true;
        }
        LOG.log(System.Logger.Level.WARNING, () -> name + " ends here: " + REPLACED);
        position.leave();
        end();
        left = true; // only now: whoever sees this state knows that nothing more begins here
        whenReplaced.run();
    }

    @Override
    public FollowStatus status() {
        return new FollowStatus(
                new Position(0, position.noted()),
                new Position(
                        0, closed ? position.noted() : log.bounds(plan.id(), 0).end()),
                counts.handled.sum(),
                counts.retried.sum(),
                parking.total(),
                counts.passedOver.sum(),
                counts.missed.sum(),
                progress.replay(),
                parking.damaged(),
                stopped(),
                state(),
                parking.hindrance());
    }

    @Override
    public Optional<InboxStatistics> inbox() {
        return Optional.ofNullable(keeper).map(InboxKeeper::statistics);
    }

    private FollowStatus.State state() {
        if (left) {
            return FollowStatus.State.REPLACED;
        }
        if (closed && !replaced) {
            return FollowStatus.State.CLOSED;
        }
        return parking.full() ? FollowStatus.State.FULL : FollowStatus.State.FOLLOWING;
    }

    /** Read in the order in which a record moves on, so that none slips past. */
    void report(WorkReport report) {
        if (closed) {
            return;
        }
        LogBounds bounds = log.bounds(plan.id(), 0);
        report.mark("end of " + plan.id(), bounds.end());
        report.mark(name + " counts", counts.handled.sum() + counts.retried.sum() + counts.passedOver.sum());
        report.mark(name, progress.position());
        long behind = bounds.end() - Math.max(pump.next(), bounds.start());
        boolean replaying = progress.replay().isPresent();
        long inHand = progress.inHand();
        Lanes.Load load = lanes.load();
        if (behind > 0) {
            report.busy(name + " has not begun " + behind + " events"
                    + stopped().map(why -> ": " + why).orElse(""));
        } else if (replaying) {
            report.busy(name + " is replaying");
        } else if (inHand > load.waiting() || load.busy() > 0) {
            report.busy(name + " is handling " + Math.max(1, inHand - load.waiting()) + " events");
        } else if (position.noted() < progress.position()) {
            report.busy(name + " has not noted its position");
        } else if (load.waiting() > 0) {
            report.waiting(name + ": " + load.waiting() + " events wait for the next attempt at one that failed");
        }
    }

    private Optional<String> stopped() {
        if (replaced) {
            return Optional.of(REPLACED
                    + (parking.tellsOfLife()
                            ? " (this one takes over when that falls silent)"
                            : " (follow again to take it back)"));
        }
        return parking.full()
                ? Optional.of(
                        Parking.MOST
                                + " events are parked, the most that a group may have (send them again or dismiss them; nothing is lost)")
                : Optional.empty();
    }

    @Override
    public List<ParkedKey> parked() {
        refuseWhenClosed();
        return parking.list(LISTED).entrySet().stream()
                .map(entry -> new ParkedKey(
                        new String(ParkedKeys.key(entry.getKey()), StandardCharsets.UTF_8),
                        parking.count(entry.getKey()),
                        entry.getValue().stream().map(GroupFollower::event).toList()))
                .toList();
    }

    private static ParkedEvent event(Kept kept) {
        return new ParkedEvent(new Position(0, kept.origin()), kept.attempts(), kept.error(), kept.parked());
    }

    @Override
    public EventRecord<K, E> inspect(K key, Position at) {
        refuseWhenClosed();
        Kept kept = parking.find(laneOf(key), at.offset())
                .orElseThrow(() -> bad("the record " + at + " of " + keyText.text(key) + " is not parked"));
        return switch (inlet.look(parking.record(kept))) {
            case Arrival.Known<K, E>(EventRecord<K, E> happened, var origin) -> happened;
            case Arrival.Unused<K, E> unused -> throw bad("the record " + at + " is of an event that is not used here");
            case Arrival.Unknown<K, E>(String error) -> throw bad("the record " + at + " cannot be read: " + error);
            case Arrival.Damaged<K, E>(String error) -> throw bad("the record " + at + " cannot be read: " + error);
        };
    }

    @Override
    public int redrive(K key) {
        refuseWhenClosed();
        String lane = laneOf(key);
        int count = parking.count(lane);
        if (count == 0) {
            return 0;
        }
        parking.redrive(lane);
        if (!lanes.redrive(lane)) {
            parking.redriven(lane);
            throw bad("the first parked event of " + keyText.text(key) + " is being dismissed (try again)");
        }
        return count;
    }

    @Override
    public void dismiss(K key, String reason) {
        refuseWhenClosed();
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw bad("a reason has 1 to " + LONGEST_REASON + " characters, not " + reason.length());
        }
        String lane = laneOf(key);
        if (!lanes.hold(lane)) {
            throw bad("the parked events of " + keyText.text(key) + " are being sent again or dismissed (wait for it)");
        }
        try {
            Kept first = parking.first(lane).orElseThrow(() -> bad("nothing is parked under " + keyText.text(key)));
            parking.dismissed(lane, first, reason);
        } finally {
            lanes.release(lane);
        }
    }

    @Override
    public void replay(Position from) {
        refuseWhenClosed();
        pump.replay(from.offset());
    }

    private String laneOf(K key) {
        return ParkedKeys.name(keyText.bytes(key));
    }

    private FairleadException bad(String what) {
        return new FairleadException(ErrorCode.BAD_VALUE, name + ": " + what);
    }

    private void refuseWhenClosed() {
        if (replaced) {
            throw new FairleadException(ErrorCode.FENCED, name + " has ended: " + REPLACED);
        }
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, name + " is closed");
        }
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        end();
    }

    private void end() {
        threads.close();
        lanes.close();
        position.close();
        parking.close();
        if (keeper != null) {
            keeper.close();
        }
    }
}
