package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Cause;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Position;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where values come from: the record that made a value, the record that made somebody write that one, and so on back.
 *
 * <p>Reads what the mechanisms of a plan hold, and writes nothing. For one thread.
 */
public final class Provenance implements AutoCloseable {
    private static final int LONGEST = 64;

    private final Plan plan;
    private final Mechanisms mechanisms;

    private Provenance(Plan plan, Mechanisms mechanisms) {
        this.plan = plan;
        this.mechanisms = mechanisms;
    }

    /**
     * The way to a value.
     *
     * @param owner the service that wrote it
     * @param steps from the value back to where it began, at most 64; the first is the value itself
     * @param begun what the last step came from, when that is no record: a question, or a record that is gone
     */
    public record Account(String owner, List<Step> steps, Optional<Cause> begun) {
        public Account {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Opens the mechanisms of the plan.
     *
     * @param folders with the plan files
     * @param landscape null for {@code landscape.yaml} in the first folder
     * @throws FairleadException with PLAN when the plan has errors
     */
    public static Provenance open(List<Path> folders, @Nullable Path landscape) {
        Plan plan = PlanFiles.read(folders, landscape);
        Decisions decisions = Decisions.decide(plan);
        Map<String, String> nameByItem = new HashMap<>();
        for (ServicePlan service : plan.services()) {
            nameByItem.putAll(new PlanBinding(plan, decisions, service.name()).mechanisms());
        }
        return new Provenance(
                plan,
                new Mechanisms(
                        List.of(),
                        nameByItem,
                        name -> PlanFiles.opening(plan, name, TimeSource.SYSTEM),
                        name -> plan.landscape().mechanism(name).isPresent()));
    }

    /** The plan that was read. */
    public Plan plan() {
        return plan;
    }

    /**
     * The way to the newest value of a key, or to its newest event; empty when the log holds nothing of the key.
     *
     * @throws FairleadException with BAD_VALUE when the plan has no such item, or it is a request
     */
    public Optional<Account> of(String item, String key) {
        Share share = share(item)
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.BAD_VALUE,
                        "the plan has no item " + item + " (see `fairlead plan` for those it has)"));
        return newest(share, key.getBytes(UTF_8)).map(step -> account(share, step));
    }

    private Account account(Share share, Step newest) {
        List<Step> steps = new ArrayList<>();
        Optional<Step> next = Optional.of(newest);
        Optional<Cause> cause = Optional.empty();
        while (next.isPresent() && steps.size() < LONGEST) {
            Step step = next.get();
            steps.add(step);
            cause = step.origin().flatMap(Origin::cause);
            next = cause.flatMap(this::written);
        }
        return new Account(share.id().owner(), steps, cause);
    }

    private Optional<Step> written(Cause cause) {
        return cause instanceof Cause.Written(String item, Position position)
                ? share(item).flatMap(share -> at(share, position))
                : Optional.empty();
    }

    private Optional<Share> share(String item) {
        try {
            return plan.item(ItemId.of(item));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Step> at(Share share, Position position) {
        String item = share.id().toString();
        Log log = log(item);
        LogBounds bounds = log.bounds(item, position.partition());
        if (position.offset() >= bounds.end()) {
            return Optional.empty();
        }
        try (LogReader reader = log.read(item, position.partition(), position.offset())) {
            return StoredLog.page(reader, item, 1, position.offset() + 1).stream()
                    .filter(record -> record.offset() == position.offset() && !record.isErased())
                    .findFirst()
                    .map(record -> step(share, record));
        }
    }

    private Optional<Step> newest(Share share, byte[] key) {
        String item = share.id().toString();
        return switch (share.content()) {
            case Content.State state -> {
                Table table = table(item);
                yield ifDefined(() -> table.latest(item, key)).map(record -> step(share, record));
            }
            case Content.Events events -> {
                Log log = log(item);
                yield ifDefined(() -> lastOf(log, item, key)).map(record -> step(share, record));
            }
            case Content.Request request ->
                throw new FairleadException(
                        ErrorCode.BAD_VALUE, item + " is a request, of which nothing is kept (name state or events)");
        };
    }

    /** A log that its owner has never opened is not defined, and holds nothing. */
    private static Optional<LogRecord> ifDefined(Supplier<Optional<LogRecord>> look) {
        try {
            return look.get();
        } catch (FairleadException e) {
            if (e.code() == ErrorCode.PLAN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Events have no table: the log is read through once. */
    private static Optional<LogRecord> lastOf(Log log, String item, byte[] key) {
        LogBounds bounds = log.bounds(item, 0);
        AtomicReference<LogRecord> last = new AtomicReference<>();
        StoredLog.each(log, item, bounds.start(), bounds.end(), record -> {
            if (Arrays.equals(record.key(), key)) {
                last.set(record);
            }
        });
        return Optional.ofNullable(last.get());
    }

    private static Step step(Share share, LogRecord record) {
        String item = share.id().toString();
        String key = new String(record.key(), UTF_8);
        Position position = new Position(0, record.offset());
        if (share.content() instanceof Content.State) {
            Envelope envelope = EnvelopeFormat.ofAll(item).read(record);
            return new Step(
                    item,
                    key,
                    CloudEventForm.type(envelope.kind()),
                    envelope.version(),
                    envelope.epoch(),
                    envelope.changed(),
                    position,
                    Optional.ofNullable(envelope.origin()));
        }
        EventEnvelope envelope = new EventFormat(item).read(record);
        return new Step(
                item,
                key,
                envelope.erases() ? "erased" : envelope.type(),
                envelope.version(),
                envelope.epoch(),
                envelope.time(),
                position,
                Optional.of(envelope.origin()));
    }

    private Log log(String item) {
        Mechanism mechanism = mechanisms.ofReader(item);
        if (mechanism instanceof Log log) {
            return log;
        }
        throw new FairleadException(
                ErrorCode.CAPABILITY, "the mechanism " + mechanism.name() + " of " + item + " keeps no log to look in");
    }

    private Table table(String item) {
        Mechanism mechanism = mechanisms.ofReader(item);
        return Mechanisms.table(mechanism)
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.CAPABILITY,
                        "the mechanism " + mechanism.name() + " of " + item + " cannot look up a key"));
    }

    @Override
    public void close() {
        mechanisms.close();
    }
}
