package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.contracts.SearchedField;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Projection;
import dev.fairlead.spi.SearchedFields;
import dev.fairlead.spi.ValueCodec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The texts by which values of a state item are found: what is equal in a field has one text. */
final class SearchedTexts {
    private static final System.Logger LOG = System.getLogger(SearchedTexts.class.getName());

    private final String item;
    private final Map<String, SearchedField> fields;
    private final Projection wanted;
    private final ValueCodec<Map<String, @Nullable Object>> codec;

    SearchedTexts(ItemPlan plan, CodecProvider codecs) {
        this.item = plan.id();
        this.fields = plan.searched().stream().collect(Collectors.toMap(SearchedField::name, field -> field));
        this.wanted = codecs.projection(fields.keySet());
        this.codec = codecs.fields();
    }

    /** For the owner's mechanism. A value that cannot be read is found by its key alone. */
    SearchedFields fields() {
        return new SearchedFields(fields.keySet(), payload -> {
            try {
                return texts(payload);
            } catch (FairleadException e) {
                LOG.log(System.Logger.Level.WARNING, () -> "a value of " + item + " is found by its key only", e);
                return Map.of();
            }
        });
    }

    Set<String> names() {
        return fields.keySet();
    }

    Map<String, String> texts(byte[] payload) {
        Map<String, @Nullable Object> values = codec.decode(wanted.apply(payload));
        Map<String, String> texts = new HashMap<>();
        fields.forEach((name, field) -> field.of(values.get(name)).ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    /** The text of a value that somebody looks for in one of the fields; fails with BAD_VALUE when the field cannot have it. */
    String text(String field, Object value) {
        SearchedField searched = Objects.requireNonNull(fields.get(field));
        return searched.of(written(value))
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.BAD_VALUE,
                        "no value of " + item + " has such a " + field + ": it is of type "
                                + searched.type().text()));
    }

    private static String written(Object value) {
        return switch (value) {
            case Enum<?> symbol -> NamesInPlan.of(symbol);
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            default -> value.toString();
        };
    }
}
