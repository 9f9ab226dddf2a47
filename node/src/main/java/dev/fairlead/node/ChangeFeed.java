package dev.fairlead.node;

import dev.fairlead.api.HealthState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The changes of a state item as one caller gets them, from one place on: of each key the newest. */
final class ChangeFeed {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ServedState state;
    private final StateReader reader;
    private long sequence;

    /** Begins behind this sequence; fails with MUST_REFETCH when the reader would miss something, with NOT_READY while loading. */
    ChangeFeed(ServedState state, StateReader reader, long sequence) {
        this.state = state;
        this.reader = reader;
        this.sequence = sequence;
        if (state.copy().health().state() == HealthState.LOADING) {
            throw new Problem(
                    ProblemType.NOT_READY, "the copy of " + state.share().id() + " is loading");
        }
        state.changes().awaitBehind(sequence - 1, PATIENCE);
        if (!state.changes().covers(sequence)) {
            throw mustRefetch();
        }
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
        state.changes().awaitBehind(sequence, patience, holds);
        List<Entry> entries = new ArrayList<>();
        for (ChangeIndex.Entry changed : state.changes().behind(sequence, limit).orElseThrow(this::mustRefetch)) {
            Answered value =
                    changed.isRemoval() ? null : reader.read(changed.key()).orElse(null);
            if (value != null) {
                entries.add(new Put(changed.key(), value, changed.sequence()));
            } else if (changed.isRemoval()) {
                entries.add(new Removed(changed.key(), changed.version(), changed.sequence()));
            }
            sequence = changed.sequence();
        }
        return entries;
    }

    /** Where to go on. */
    String cursor() {
        return ChangeCursor.text(state.share().id(), sequence);
    }

    String cursor(Entry entry) {
        return ChangeCursor.text(state.share().id(), entry.sequence());
    }

    /** A change as it is written. */
    sealed interface Entry extends Consumer<JsonGenerator> {
        String name();

        long sequence();
    }

    /** The key has this value. */
    record Put(String key, Answered value, long sequence) implements Entry {
        @Override
        public String name() {
            return "put";
        }

        @Override
        public void accept(JsonGenerator json) {
            json.writeStartObject()
                    .writeStringProperty("key", key)
                    .writeNumberProperty("version", value.mark().version());
            Json.document(json, "value", value.content());
            json.writeEndObject();
        }
    }

    /** The key has no value any more. */
    record Removed(String key, long version, long sequence) implements Entry {
        @Override
        public String name() {
            return "removed";
        }

        @Override
        public void accept(JsonGenerator json) {
            json.writeStartObject()
                    .writeStringProperty("key", key)
                    .writeNumberProperty("version", version)
                    .writeBooleanProperty("removed", true)
                    .writeEndObject();
        }
    }
}
