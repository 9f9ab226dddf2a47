package dev.fairlead.node.outside;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.OutsideView;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Projection;
import dev.fairlead.spi.ValueCodec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Divides the values of an item into parts: a client sees the part that its claims name, and a value is in one part at most. Where a view has no
 * filter all values are in one part, {@link #WHOLE}. For any thread.
 */
public final class ValueFilter {
    /** The part that has all values. */
    public static final String WHOLE = "";

    private final List<Compared> compared;
    private final String key;
    private final Projection wanted;
    private final ValueCodec<Map<String, @Nullable Object>> documents;

    private record Compared(String field, String claim, boolean isCaseless) {
        String canonical(String text) {
            return isCaseless ? text.toLowerCase(Locale.ROOT) : text;
        }
    }

    private ValueFilter(List<Compared> compared, String key, CodecProvider codecs) {
        this.compared = compared;
        this.key = key;
        this.wanted = codecs.projection(compared.stream().map(Compared::field).collect(Collectors.toSet()));
        this.documents = codecs.fields();
    }

    /** The filter of a view of an item with this content. */
    public static ValueFilter of(OutsideView view, Content content, CodecProvider codecs) {
        List<Compared> compared = new ArrayList<>();
        for (OutsideView.Filter filter : view.only()) {
            compared.add(new Compared(filter.field(), filter.claim(), isUuid(filter.field(), content)));
        }
        return new ValueFilter(compared, key(content), codecs);
    }

    private static String key(Content content) {
        return switch (content) {
            case Content.State state -> state.key();
            case Content.Events events -> events.key();
            case Content.Request request -> throw new IllegalArgumentException("requests have no view");
        };
    }

    /** Of an identifier, letters may be written either way. */
    private static boolean isUuid(String field, Content content) {
        return switch (content) {
            case Content.State state -> isUuid(state.fields(), field);
            case Content.Events events -> events.events().values().stream().anyMatch(fields -> isUuid(fields, field));
            case Content.Request request -> false;
        };
    }

    private static boolean isUuid(Fields fields, String name) {
        return fields.field(name)
                .map(Field::type)
                .filter(type -> type.required() == Scalar.UUID)
                .isPresent();
    }

    /** Whether all values are in one part. */
    public boolean isWhole() {
        return compared.isEmpty();
    }

    /** The part that a value is in; nothing when it is in none, because it lacks what would tell. */
    public Optional<String> part(String itsKey, byte[] document) {
        if (isWhole()) {
            return Optional.of(WHOLE);
        }
        Map<String, @Nullable Object> values = documents.decode(wanted.apply(document));
        StringBuilder part = new StringBuilder();
        for (Compared each : compared) {
            String text = each.field().equals(key) ? itsKey : text(values.get(each.field()));
            if (text.isEmpty()) {
                return Optional.empty();
            }
            append(part, each.canonical(text));
        }
        return Optional.of(part.toString());
    }

    private static String text(@Nullable Object value) {
        return value instanceof String || value instanceof BigInteger || value instanceof Boolean
                ? String.valueOf(value)
                : "";
    }

    /** The first claim that a client lacks and without which it sees nothing. */
    public Optional<String> missing(Map<String, String> claims) {
        return compared.stream()
                .map(Compared::claim)
                .filter(claim -> claims.getOrDefault(claim, "").isEmpty())
                .findFirst();
    }

    /** The part that a client with these claims sees, none of which is {@linkplain #missing missing}. */
    public String partOf(Map<String, String> claims) {
        StringBuilder part = new StringBuilder();
        for (Compared each : compared) {
            String text = claims.getOrDefault(each.claim(), "");
            if (text.isEmpty()) {
                throw new IllegalArgumentException("a claim is missing");
            }
            append(part, each.canonical(text));
        }
        return part.toString();
    }

    /** With its length, so that two texts never look like two others. */
    private static void append(StringBuilder part, String text) {
        part.append(text.length()).append(':').append(text);
    }
}
