package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.api.Erasing;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Position;
import dev.fairlead.api.Subscription;
import dev.fairlead.engine.transaction.Inbox;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.Watched;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Puts the groups together that follow an item: their names, their logs, their parts. */
final class Groups<K, E> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,47}");
    private static final int LONGEST_LOG = 100;

    private final EventPlan plan;
    private final Mechanism mechanism;
    private final Log log;
    private final Durability durability;
    private final Object place;
    private final KeyText<K> keyText;
    private final EventInlet<K, E> inlet;
    private final FollowerList followers;
    private final ErasureJournal journal;
    private final TimeSource time;
    private final Steps steps;
    private final Predicate<FollowedGroup<?, ?>> remember;

    Groups(
            EventPlan plan,
            Mechanism mechanism,
            Log log,
            Durability durability,
            Object place,
            KeyText<K> keyText,
            EventInlet<K, E> inlet,
            FollowerList followers,
            ErasureJournal journal,
            TimeSource time,
            Steps steps,
            Predicate<FollowedGroup<?, ?>> remember) {
        this.plan = plan;
        this.mechanism = mechanism;
        this.log = log;
        this.durability = durability;
        this.place = place;
        this.keyText = keyText;
        this.inlet = inlet;
        this.followers = followers;
        this.journal = journal;
        this.time = time;
        this.steps = steps;
        this.remember = remember;
    }

    Following<K, E> follow(String group, Handler<K, E> handler, FailurePolicy policy, Erasing<K> erasing) {
        String parkingLog = parkingLog(group);
        String name = "group " + group + " of " + plan.id() + " in " + plan.service();
        AutoCloseable taken = TakenGroups.take(place, parkingLog, name);
        try {
            FollowedGroup<K, E> followed = new FollowedGroup<>(
                    name,
                    new ParkingLog(parkingLog, mechanism),
                    replaced -> follower(group, name, parkingLog, handler, policy, erasing, replaced),
                    taken);
            if (!remember.test(followed)) {
                followed.close();
                throw new FairleadException(ErrorCode.CLOSED, "the service " + plan.service() + " is closed");
            }
            followed.watch(watched(group, followed));
            followed.start();
            return followed;
        } catch (RuntimeException e) {
            Closing.quietly(taken);
            throw e;
        }
    }

    private Subscription watched(String group, FollowedGroup<K, E> followed) {
        Subscription whole = steps.watch(service -> new Watched.Group(service, plan.id(), group, followed));
        if (followed.inbox().isEmpty()) {
            return whole;
        }
        Subscription inbox = steps.watch(service -> new Watched.OpenInbox(
                service, plan.id(), group, () -> followed.inbox().orElseThrow()));
        return () -> {
            whole.close();
            inbox.close();
        };
    }

    private GroupFollower<K, E> follower(
            String group,
            String name,
            String parkingLog,
            Handler<K, E> handler,
            FailurePolicy policy,
            Erasing<K> erasing,
            Runnable replaced) {
        FollowerList.Name holder = new FollowerList.Name(plan.service(), group);
        followers.join(holder);
        String positionOf = plan.service() + "." + group;
        Inbox inbox = handler instanceof Handler.Transactional<K, E> transactional
                ? Inbox.open(transactional.database(), transactional.tables(), plan.id(), positionOf, inboxKept())
                : null;
        ParkingLog.define(parkingLog, mechanism, log, durability);
        long position = log.committed(plan.id(), positionOf, 0)
                .map(Position::offset)
                .orElseGet(() -> log.bounds(plan.id(), 0).start());
        Parking parking = new Parking(new ParkingLog(parkingLog, mechanism), plan.service(), time, position);
        return new GroupFollower<>(
                name,
                plan,
                positionOf,
                log,
                keyText,
                inlet,
                handler,
                inbox,
                policy,
                new GroupErasing<>(name, holder, keyText, inlet, erasing, journal),
                parking,
                position,
                time,
                steps,
                steps.handling(plan.id(), group),
                replaced);
    }

    /** An event that retention has taken from the log comes no more, so that its key can be forgotten some time later. */
    private Optional<Duration> inboxKept() {
        return plan.retention() instanceof Retention.KeepFor(Duration kept)
                ? Optional.of(kept.multipliedBy(2).plusDays(1))
                : Optional.empty();
    }

    private String parkingLog(String group) {
        if (!NAME.matcher(group).matches()) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "a group's name is [a-z][a-z0-9-]*, at most 48 characters: " + ErrorText.cut(group));
        }
        String log = plan.id() + ".parked." + plan.service() + "." + group;
        if (log.length() > LONGEST_LOG) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "the group's name is too long: its parking log " + log + " would have more than " + LONGEST_LOG
                            + " characters (choose a shorter one)");
        }
        return log;
    }
}
