package dev.fairlead.telemetry;

import static dev.fairlead.telemetry.Measure.count;
import static dev.fairlead.telemetry.Measure.largest;
import static dev.fairlead.telemetry.Measure.sum;

import dev.fairlead.api.CopyStatistics;
import dev.fairlead.api.FollowStatus;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.InboxStatistics;
import dev.fairlead.api.OutboxStatistics;
import dev.fairlead.api.RequestStatistics;
import dev.fairlead.api.TellStatistics;
import dev.fairlead.spi.Watched;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The meters of each thing that can be open. */
final class Measures {
    private static final double NANOS = 1e9;
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    static final List<Measure<Watched.OpenCopy>> COPY =
            Stream.concat(states(), ofCopies()).toList();

    static final List<Measure<Watched.Group>> GROUP = List.of(
            largest("fairlead.group.lag", "events", open -> lag(open.following().status())),
            largest(
                    "fairlead.group.parked",
                    "events",
                    open -> open.following().status().parked()),
            largest(
                    "fairlead.group.stopped",
                    "groups",
                    open -> open.following().status().stopped().isPresent() ? 1 : 0),
            ofGroup("fairlead.group.handled", FollowStatus::handled),
            ofGroup("fairlead.group.retried", FollowStatus::retried),
            ofGroup("fairlead.group.passed.over", FollowStatus::passedOver),
            ofGroup("fairlead.group.missed", FollowStatus::missed));

    static final List<Measure<Watched.Questions>> QUESTIONS =
            requests("asker", open -> open.statistics().get());

    static final List<Measure<Watched.Answers>> ANSWERS =
            requests("owner", open -> open.answering().statistics());

    static final List<Measure<Watched.Told>> TOLD = List.of(
            depth("fairlead.queue.waiting", TellStatistics::waiting),
            depth("fairlead.queue.later", TellStatistics::later),
            depth("fairlead.queue.held", TellStatistics::held),
            depth("fairlead.queue.dead", TellStatistics::dead),
            ofTold("fairlead.queue.handled", TellStatistics::handled),
            ofTold("fairlead.queue.retried", TellStatistics::retried),
            ofTold("fairlead.queue.set.aside", TellStatistics::setAside),
            ofTold("fairlead.queue.late", TellStatistics::late));

    static final List<Measure<Watched.OpenOutbox>> OUTBOX = List.of(
            largest(
                    "fairlead.outbox.pending",
                    "events",
                    open -> open.statistics().get().pending()),
            largest(
                    "fairlead.outbox.age",
                    "seconds",
                    open -> age(open.statistics().get().oldest())),
            largest(
                    "fairlead.outbox.held",
                    "events",
                    open -> open.statistics().get().held()),
            sum(
                    "fairlead.outbox.leading",
                    "relays",
                    open -> open.statistics().get().leading() ? 1 : 0),
            ofOutbox("fairlead.outbox.published", OutboxStatistics::published),
            ofOutbox("fairlead.outbox.recognised", OutboxStatistics::recognised));

    static final List<Measure<Watched.OpenInbox>> INBOX = List.of(
            largest(
                    "fairlead.inbox.keys",
                    "keys",
                    open -> open.statistics().get().keys()),
            largest(
                    "fairlead.inbox.age",
                    "seconds",
                    open -> age(open.statistics().get().oldest())),
            ofInbox("fairlead.inbox.repeated", "events", InboxStatistics::repeated),
            ofInbox("fairlead.inbox.forgotten", "keys", InboxStatistics::forgotten));

    private Measures() {}

    private static Stream<Measure<Watched.OpenCopy>> states() {
        return Arrays.stream(HealthState.values()).map(Measures::state);
    }

    private static Stream<Measure<Watched.OpenCopy>> ofCopies() {
        return Stream.of(
                largest(
                        "fairlead.copy.age",
                        "seconds",
                        open -> age(open.copy().health().age())),
                largest(
                        "fairlead.copy.lag",
                        "records",
                        open -> open.copy().health().lag()),
                largest(
                        "fairlead.copy.gaps",
                        "keys",
                        open -> open.copy().health().gaps().size()),
                ofCopy("fairlead.copy.applied", "records", CopyStatistics::applied),
                ofCopy("fairlead.copy.duplicates", "records", CopyStatistics::duplicates),
                ofCopy("fairlead.copy.lost", "records", CopyStatistics::gaps),
                ofCopy("fairlead.copy.recovered", "records", CopyStatistics::recovered),
                ofCopy("fairlead.copy.damaged", "records", CopyStatistics::damaged),
                ofCopy("fairlead.copy.delivered", "changes", CopyStatistics::delivered),
                ofCopy("fairlead.copy.conflated", "changes", CopyStatistics::conflated),
                ofCopy("fairlead.copy.listener.failures", "changes", CopyStatistics::listenerFailures));
    }

    private static Measure<Watched.OpenCopy> state(HealthState state) {
        Measure<Watched.OpenCopy> copies = sum(
                "fairlead.copy.state", "copies", open -> open.copy().health().state() == state ? 1 : 0);
        return copies.tagged("state", state.name().toLowerCase(Locale.ROOT));
    }

    /** In seconds; none while a copy is loading and has no age. */
    private static double age(Duration age) {
        return age.equals(LONGEST) ? Double.NaN : age.toNanos() / NANOS;
    }

    private static double lag(FollowStatus status) {
        return status.end().offset() - status.done().offset();
    }

    private static Measure<Watched.OpenCopy> ofCopy(String name, String unit, ToLongFunction<CopyStatistics> value) {
        return count(name, unit, open -> value.applyAsLong(open.copy().statistics()));
    }

    private static Measure<Watched.Group> ofGroup(String name, ToLongFunction<FollowStatus> value) {
        return count(name, "events", open -> value.applyAsLong(open.following().status()));
    }

    private static Measure<Watched.Told> depth(String name, ToLongFunction<TellStatistics> value) {
        return largest(
                name, "messages", open -> value.applyAsLong(open.handling().statistics()));
    }

    private static Measure<Watched.Told> ofTold(String name, ToLongFunction<TellStatistics> value) {
        return count(name, "messages", open -> value.applyAsLong(open.handling().statistics()));
    }

    private static Measure<Watched.OpenOutbox> ofOutbox(String name, ToLongFunction<OutboxStatistics> value) {
        return count(name, "events", open -> value.applyAsLong(open.statistics().get()));
    }

    private static Measure<Watched.OpenInbox> ofInbox(String name, String unit, ToLongFunction<InboxStatistics> value) {
        return count(name, unit, open -> value.applyAsLong(open.statistics().get()));
    }

    private static <W> List<Measure<W>> requests(String side, Function<W, RequestStatistics> statistics) {
        List<Measure<W>> counts = List.of(
                request("fairlead.request.asked", statistics, RequestStatistics::asked),
                request("fairlead.request.answered", statistics, RequestStatistics::answered),
                request("fairlead.request.refused", statistics, RequestStatistics::refused),
                request("fairlead.request.failed", statistics, RequestStatistics::failed),
                request("fairlead.request.unknown", statistics, RequestStatistics::unknown),
                request("fairlead.request.retried", statistics, RequestStatistics::retried),
                request("fairlead.request.foreign", statistics, RequestStatistics::foreign),
                request("fairlead.request.late", statistics, RequestStatistics::late));
        Measure<W> open = sum(
                "fairlead.request.open",
                "questions",
                watched -> statistics.apply(watched).underWay());
        return Stream.concat(counts.stream(), Stream.of(open))
                .map(measure -> measure.tagged("side", side))
                .toList();
    }

    private static <W> Measure<W> request(
            String name, Function<W, RequestStatistics> statistics, ToLongFunction<RequestStatistics> value) {
        return count(name, "questions", open -> value.applyAsLong(statistics.apply(open)));
    }
}
