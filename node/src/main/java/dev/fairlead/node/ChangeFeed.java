package dev.fairlead.node;

import dev.fairlead.api.HealthState;
import dev.fairlead.node.outside.ValueFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The changes of a state item as one caller gets them, from one place on: of each key the newest. */
final class ChangeFeed {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ServedState state;
    private final StateReader reader;
    private final Grant grant;
    private final ChangeIndex changes;
    private final ChangeCursor cursor;
    private String told;
    private ChangePlace place;

    /** Begins behind this place, or with everything when it is null; fails with MUST_REFETCH when the reader would miss something, with NOT_READY while loading. */
    ChangeFeed(ServedState state, StateReader reader, Grant grant, ChangeCursor cursor, @Nullable String from) {
        this.state = state;
        this.reader = reader;
        this.grant = grant;
        this.changes = state.changes(grant);
        this.cursor = cursor;
        this.told = from == null ? "" : from;
        if (state.copy().health().state() == HealthState.LOADING) {
            throw new Problem(
                    ProblemType.NOT_READY, "the copy of " + state.share().id() + " is loading");
        }
        ChangePlace begin = cursor.of(from);
        changes.awaitReached(begin.sequence(), PATIENCE);
        this.place = changes.known(begin).orElseThrow(this::mustRefetch);
    }

    private Problem mustRefetch() {
        return new Problem(
                ProblemType.MUST_REFETCH,
                "from this cursor changes of " + state.share().id() + " could be missed (begin without a cursor)");
    }

    /** What has changed since the last call, or the begin. Blocks until there is something, for so long at most. */
    List<Entry> next(int limit, Duration patience) {
        return next(limit, patience, () -> true);
    }

    /** What has changed, as {@link #next(int, Duration)} tells it, and waited for no longer than this holds. */
    List<Entry> next(int limit, Duration patience, BooleanSupplier holds) {
        String part = grant.outlook().map(Outlook::part).orElse(ValueFilter.WHOLE);
        changes.awaitBehind(part, place, patience, holds);
        ChangeIndex.Behind behind = changes.behind(part, place, limit).orElseThrow(this::mustRefetch);
        List<Entry> entries = new ArrayList<>();
        for (ChangeIndex.Entry changed : behind.entries()) {
            Entry entry = entry(changed);
            if (entry != null) {
                entries.add(entry);
            }
        }
        if (place.sequence() < 0
                || !behind.entries().isEmpty()) { // or it would tell of changes that are not for the caller
            place = behind.reached();
            told = cursor.text(place);
        }
        return entries;
    }

    /** Who takes a value of any age takes what another of the same grant was given a moment ago. */
    private @Nullable Entry entry(ChangeIndex.Entry changed) {
        if (changed.isRemoval()) {
            return new Removed(changed.key(), changed.version(), changed.place(), grant);
        }
        return grant.within().isPresent()
                ? put(changed)
                : state.latelyRead().of(grant, changed.place(), () -> put(changed));
    }

    private @Nullable Put put(ChangeIndex.Entry changed) {
        return reader.read(changed.key())
                .map(value -> new Put(changed.key(), value, changed.place(), grant))
                .orElse(null);
    }

    /** Where to go on. */
    String cursor() {
        return told;
    }

    /** Where to go on behind one of the changes that {@link #next} has told last. */
    String cursor(Entry entry, List<Entry> last) {
        return entry == last.getLast() ? told : cursor.text(entry.place());
    }

    /** A change as it is written. */
    sealed interface Entry extends Consumer<JsonGenerator> {
        ChangePlace place();

        /** It as an event of a stream, without its id; not to be changed. */
        byte[] event();
    }

    private static void begin(JsonGenerator json, String key, long version, Grant grant) {
        json.writeStartObject().writeStringProperty("key", key);
        if (grant.tellsVersions()) {
            json.writeNumberProperty("version", version);
        }
    }

    /** The key has this value. Many streams may tell the same, and so the event is made once. */
    static final class Put implements Entry {
        private final String key;
        private final Answered value;
        private final ChangePlace place;
        private final Grant grant;
        private byte @Nullable [] event;

        Put(String key, Answered value, ChangePlace place, Grant grant) {
            this.key = key;
            this.value = value;
            this.place = place;
            this.grant = grant;
        }

        Answered value() {
            return value;
        }

        @Override
        public ChangePlace place() {
            return place;
        }

        @Override
        public synchronized byte[] event() {
            byte[] made = event;
            if (made == null) {
                made = ServerSentEvent.of("put", Json.of(this));
                event = made;
            }
            return made;
        }

        @Override
        public void accept(JsonGenerator json) {
            begin(json, key, value.mark().version(), grant);
            Json.document(json, "value", value.content());
            json.writeEndObject();
        }
    }

    /** The key has no value any more. */
    record Removed(String key, long version, ChangePlace place, Grant grant) implements Entry {
        @Override
        public byte[] event() {
            return ServerSentEvent.of("removed", Json.of(this));
        }

        @Override
        public void accept(JsonGenerator json) {
            begin(json, key, version, grant);
            json.writeBooleanProperty("removed", true).writeEndObject();
        }
    }
}
