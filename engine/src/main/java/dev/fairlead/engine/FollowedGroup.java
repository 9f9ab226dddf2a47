package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.FollowStatus;
import dev.fairlead.api.Following;
import dev.fairlead.api.InboxStatistics;
import dev.fairlead.api.ParkedKey;
import dev.fairlead.api.Position;
import dev.fairlead.api.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A group as its application holds it: followed here, or by another instance that took it over, until that one falls silent. Safe for
 * many threads.
 */
final class FollowedGroup<K, E> implements Following<K, E> {
    private static final System.Logger LOG = System.getLogger(FollowedGroup.class.getName());

    private final String name;
    private final ParkingLog parkingLog;
    private final Function<Runnable, GroupFollower<K, E>> opener;
    private final AutoCloseable taken;
    private volatile GroupFollower<K, E> current;
    private volatile Subscription watch = () -> {};
    private @Nullable GroupStandby standby;
    private volatile boolean closed;

    /**
     * @param opener makes a follower that has the group from then on, and runs what it is given when another has taken that over
     * @param taken keeps the group from being followed twice in this process
     */
    FollowedGroup(
            String name, ParkingLog parkingLog, Function<Runnable, GroupFollower<K, E>> opener, AutoCloseable taken) {
        this.name = name;
        this.parkingLog = parkingLog;
        this.opener = opener;
        this.taken = taken;
        this.current = opener.apply(this::replaced);
    }

    /** Takes what is to be closed with the group. */
    void watch(Subscription watching) {
        this.watch = watching;
    }

    void start() {
        current.start();
    }

    private synchronized void replaced() {
        if (closed) {
            return;
        }
        if (parkingLog.tellsOfLife()) {
            standby = new GroupStandby(name, parkingLog, this::takeOver);
            standby.start();
        } else {
            Closing.quietly(taken);
        }
    }

    /** Returns false when it could not be done now. */
    private boolean takeOver() {
        if (closed) {
            return true;
        }
        LOG.log(System.Logger.Level.WARNING, () -> name + " is followed here again: the other instance fell silent");
        GroupFollower<K, E> next;
        try {
            next = opener.apply(this::replaced);
        } catch (FairleadException e) {
            if (e.code() == ErrorCode.CLOSED) {
                return true;
            }
            LOG.log(System.Logger.Level.WARNING, () -> name + " cannot be taken over, which is tried again", e);
            return false;
        }
        synchronized (this) {
            if (closed) {
                next.close();
                return true;
            }
            current = next;
        }
        next.start();
        return true;
    }

    void report(WorkReport report) {
        current.report(report);
    }

    boolean isClosed() {
        return closed || (current.isClosed() && !parkingLog.tellsOfLife());
    }

    @Override
    public FollowStatus status() {
        return current.status();
    }

    @Override
    public Optional<InboxStatistics> inbox() {
        return current.inbox();
    }

    @Override
    public List<ParkedKey> parked() {
        return current.parked();
    }

    @Override
    public EventRecord<K, E> inspect(K key, Position position) {
        return current.inspect(key, position);
    }

    @Override
    public int redrive(K key) {
        return current.redrive(key);
    }

    @Override
    public void dismiss(K key, String reason) {
        current.dismiss(key, reason);
    }

    @Override
    public void replay(Position from) {
        current.replay(from);
    }

    @Override
    public void close() {
        GroupStandby waiting;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting = standby;
        }
        Closing.quietly(watch);
        if (waiting != null) {
            waiting.close();
        }
        current.close();
        Closing.quietly(taken);
    }
}
