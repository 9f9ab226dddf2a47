package dev.fairlead.node.search;

import dev.fairlead.api.Change;
import dev.fairlead.api.FairleadException;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.SearchedField;
import dev.fairlead.engine.documents.Document;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Projection;
import dev.fairlead.spi.ValueCodec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a state item by the values of those fields by which the plan lets somebody look it up, in memory.
 *
 * <p>It finds keys, and {@link #matches} has the last word on the value that was read of one: long texts stand in the index by their beginning
 * only, and a value may have changed since. {@link #note} is called by one thread, all else by any.
 */
public final class SecondaryIndex {
    private static final System.Logger LOG = System.getLogger(SecondaryIndex.class.getName());
    private static final int LONGEST = 200;

    private final String item;
    private final Map<String, SearchedField> fields = new LinkedHashMap<>();
    private final Projection wanted;
    private final ValueCodec<Map<String, @Nullable Object>> documents;
    private final Map<String, Map<String, String>> indexed = new HashMap<>();
    private final NavigableSet<Spot> spots = new ConcurrentSkipListSet<>();

    private record Spot(String field, String text, String key) implements Comparable<Spot> {
        @Override
        public int compareTo(Spot other) {
            int byField = field.compareTo(other.field);
            int byText = byField == 0 ? text.compareTo(other.text) : byField;
            return byText == 0 ? key.compareTo(other.key) : byText;
        }

        boolean isBeside(Spot other) {
            return field.equals(other.field) && text.equals(other.text);
        }
    }

    /** @param names of the fields; those that are no single value are left out */
    public SecondaryIndex(String item, Fields all, Set<String> names, CodecProvider codecs) {
        this.item = item;
        for (Field field : all.list()) {
            if (names.contains(field.name()) && SearchedField.isSearchable(field)) {
                fields.put(field.name(), SearchedField.of(field));
            }
        }
        this.wanted = codecs.projection(fields.keySet());
        this.documents = codecs.fields();
    }

    /** Whether values can be found by the field: it holds a single value, that can be compared. */
    public static boolean isSearchable(Field field) {
        return SearchedField.isSearchable(field);
    }

    /** By which fields values are found. */
    public Set<String> fields() {
        return fields.keySet();
    }

    /** The text by which a field's value is found that somebody wrote so; nothing when it cannot be one. */
    public Optional<String> text(String field, String written) {
        SearchedField searched = fields.get(field);
        return searched == null ? Optional.empty() : searched.of(written);
    }

    /** Takes a change in. */
    public void note(Change<String, Document> change) {
        if (fields.isEmpty()) {
            return;
        }
        Map<String, String> now =
                change instanceof Change.Updated<String, Document> updated ? readable(updated.value()) : Map.of();
        Map<String, String> before = now.isEmpty() ? indexed.remove(change.key()) : indexed.put(change.key(), now);
        now.forEach((field, text) -> spots.add(spot(field, text, change.key())));
        if (before != null) {
            before.forEach((field, text) -> {
                if (!text.equals(now.get(field))) {
                    spots.remove(spot(field, text, change.key()));
                }
            });
        }
    }

    /** A value that cannot be read is found by its key alone. */
    private Map<String, String> readable(Document document) {
        try {
            Map<String, String> texts = texts(document);
            texts.replaceAll((field, text) -> beginning(text));
            return Map.copyOf(texts);
        } catch (FairleadException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "a value of " + item + " is found by its key only", e);
            return Map.of();
        }
    }

    private Map<String, String> texts(Document document) {
        Map<String, @Nullable Object> values = documents.decode(wanted.apply(document.content()));
        Map<String, String> texts = new HashMap<>();
        fields.forEach((name, field) -> field.of(values.get(name)).ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    private static Spot spot(String field, String text, String key) {
        return new Spot(field, beginning(text), key);
    }

    private static String beginning(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** Keys of values that may match, in order, behind one or from the first; the fields leap over each other's gaps. */
    public Iterable<String> keys(Search search, @Nullable String after) {
        String first = after == null ? "" : behind(after);
        return () -> Stream.iterate(
                        from(search, first), Optional::isPresent, last -> from(search, behind(last.orElseThrow())))
                .map(Optional::orElseThrow)
                .iterator();
    }

    /** The next text there is. */
    private static String behind(String key) {
        return key + '\0';
    }

    /** The first key from this one on that all fields have. */
    private Optional<String> from(Search search, String key) {
        String candidate = key;
        while (true) {
            String found = candidate;
            for (Map.Entry<String, String> each : search.texts().entrySet()) {
                Spot least = spot(each.getKey(), each.getValue(), found);
                Spot next = spots.ceiling(least);
                if (next == null || !next.isBeside(least)) {
                    return Optional.empty();
                }
                found = next.key();
            }
            if (found.equals(candidate)) {
                return Optional.of(found);
            }
            candidate = found;
        }
    }

    /** Whether the value is one that is looked for. */
    public boolean matches(Search search, Document document) {
        Map<String, String> texts = texts(document);
        return search.texts().entrySet().stream()
                .allMatch(each -> each.getValue().equals(texts.get(each.getKey())));
    }
}
