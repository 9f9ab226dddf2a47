package dev.fairlead.contracts.compatibility;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change after which values still parse and mean something else.
 *
 * @param path of the field, as in {@link Difference}
 * @param attribute what changed: {@code unit}, {@code currency}, {@code timezone}, {@code scale} or {@code default}
 * @param was {@code none} when it was not said
 * @param is {@code none} when it is not said any more
 */
public record MeaningChange(String path, String attribute, String was, String is) {

    /** All changes of meaning in fields that both have. */
    public static List<MeaningChange> between(Fields before, Fields now) {
        List<MeaningChange> changes = new ArrayList<>();
        collect("", before, now, changes);
        return List.copyOf(changes);
    }

    private static void collect(String path, Fields before, Fields now, List<MeaningChange> changes) {
        for (Field old : before.list()) {
            now.field(old.name()).ifPresent(field -> {
                String inner = path.isEmpty() ? old.name() : path + "." + old.name();
                compare(inner, "unit", old.meaning().unit(), field.meaning().unit(), changes);
                compare(
                        inner,
                        "currency",
                        old.meaning().currency(),
                        field.meaning().currency(),
                        changes);
                compare(
                        inner,
                        "timezone",
                        old.meaning().timezone(),
                        field.meaning().timezone(),
                        changes);
                compare(inner, "scale", old.meaning().scale(), field.meaning().scale(), changes);
                compare(inner, "default", old.defaultText(), field.defaultText(), changes);
                collect(inner, old.type().required(), field.type().required(), changes);
            });
        }
    }

    private static void collect(String path, FieldType before, FieldType now, List<MeaningChange> changes) {
        if (before instanceof FieldType.Decimal(int oldPrecision, int oldScale)
                && now instanceof FieldType.Decimal(int precision, int scale)) {
            compare(path, "scale", oldScale, scale, changes);
        } else if (before instanceof FieldType.ListOf(FieldType old) && now instanceof FieldType.ListOf(FieldType is)) {
            collect(path + "[]", old.required(), is.required(), changes);
        } else if (before instanceof FieldType.MapOf(FieldType old) && now instanceof FieldType.MapOf(FieldType is)) {
            collect(path + "{}", old.required(), is.required(), changes);
        } else if (before instanceof FieldType.RecordOf(Fields old) && now instanceof FieldType.RecordOf(Fields is)) {
            collect(path, old, is, changes);
        } else if (before instanceof FieldType.Union old && now instanceof FieldType.Union is) {
            for (Map.Entry<String, Fields> variant : old.variants().entrySet()) {
                Fields same = is.variants().get(variant.getKey());
                if (same != null) {
                    collect(path + "." + variant.getKey(), variant.getValue(), same, changes);
                }
            }
        }
    }

    private static void compare(
            String path, String attribute, @Nullable Object was, @Nullable Object is, List<MeaningChange> changes) {
        if (!Objects.equals(was, is)) {
            changes.add(new MeaningChange(path, attribute, said(was), said(is)));
        }
    }

    private static String said(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }
}
