package dev.fairlead.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Says whether all that is written by one Avro schema is read by another: the verdict is the library's, the witness is a value
 * that is written and then not read, and what the library does not look at is looked at here.
 *
 * <p>The library's reader takes a record of any name; the specification does not ("both schemas are records with the same
 * (unqualified) name"), nor do readers in other languages. So a value that would be read under another name is a witness too.
 */
final class AvroComparison {
    private AvroComparison() {}

    /** Reads a schema; each with a parser of its own, or names of one would be known to the other. */
    static Schema read(String text) throws JsonSchema.Unusable {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException faulty) {
            throw new JsonSchema.Unusable("this is no Avro schema: " + firstLine(faulty));
        }
    }

    private static String firstLine(AvroRuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    static SchemaVerdict compare(Schema written, Schema read) {
        SchemaCompatibility.SchemaPairCompatibility library =
                SchemaCompatibility.checkReaderWriterCompatibility(read, written);
        String reason = library.getResult().getIncompatibilities().stream()
                .map(each ->
                        each.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " at " + each.getLocation())
                .collect(Collectors.joining(", "));
        Object renamed = null;
        for (Object value : new AvroValues(written).all()) {
            try {
                byte[] bytes = written(written, value);
                Object came = read(written, read, bytes);
                Schema aliased = Schema.applyAliases(written, read);
                if (renamed == null && !isNamedAlike(read(aliased, aliased, bytes), came)) {
                    renamed = value;
                }
            } catch (AvroRuntimeException refused) {
                String said = reason.isEmpty() ? firstLine(refused) : reason;
                return new SchemaVerdict.Breaking(GenericData.get().toString(value), said);
            } catch (IOException unwritable) {
                return new SchemaVerdict.Undecided("a value of this schema cannot be written");
            }
        }
        if (reason.isEmpty()) {
            return new SchemaVerdict.Contained();
        }
        return renamed == null
                ? new SchemaVerdict.Suspect(reason)
                : new SchemaVerdict.Breaking(
                        GenericData.get().toString(renamed),
                        reason
                                + "; a record is read by its own name or an alias, which the specification demands and the"
                                + " reader for Java lets pass");
    }

    private static byte[] written(Schema schema, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Encoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static @Nullable Object read(Schema written, Schema read, byte[] bytes) throws IOException {
        return new GenericDatumReader<>(written, read)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    /** Whether each record that the reader looks at has the name, without the namespace, under which it was written. */
    private static boolean isNamedAlike(@Nullable Object written, @Nullable Object read) {
        if (written instanceof GenericRecord from && read instanceof GenericRecord to) {
            return from.getSchema().getName().equals(to.getSchema().getName())
                    && to.getSchema().getFields().stream()
                            .filter(field -> from.hasField(field.name()))
                            .allMatch(field -> isNamedAlike(from.get(field.name()), to.get(field.pos())));
        }
        if (written instanceof List<?> from && read instanceof List<?> to) {
            return from.isEmpty() || isNamedAlike(from.getFirst(), to.getFirst());
        }
        if (written instanceof Map<?, ?> from && read instanceof Map<?, ?> to) {
            return from.isEmpty()
                    || isNamedAlike(
                            from.values().iterator().next(),
                            to.values().iterator().next());
        }
        return true;
    }

    /** Changes after which every value is read and means something else. */
    static List<String> meaning(Schema before, Schema now) {
        List<String> changes = new ArrayList<>();
        meaning("", before, now, changes, new HashSet<>());
        return changes;
    }

    private static void meaning(String path, Schema before, Schema now, List<String> changes, Set<String> seen) {
        String at = path.isEmpty() ? "the schema" : "`" + path + "`";
        logical(at, before, now, changes);
        boolean isRecord = before.getType() == Schema.Type.RECORD && now.getType() == Schema.Type.RECORD;
        if (isRecord && seen.add(before.getFullName() + " " + now.getFullName())) {
            if (!Objects.equals(before.getFullName(), now.getFullName())) {
                changes.add(at + " was named " + before.getFullName() + " and is named " + now.getFullName());
            }
            for (Schema.Field old : before.getFields()) {
                Schema.Field field = now.getField(old.name());
                if (field != null) {
                    String inner = path.isEmpty() ? old.name() : path + "." + old.name();
                    if (old.hasDefaultValue() && !Objects.equals(old.defaultVal(), field.defaultVal())) {
                        changes.add("`" + inner + "` has another default");
                    }
                    meaning(inner, old.schema(), field.schema(), changes, seen);
                }
            }
        } else if (before.getType() == Schema.Type.ARRAY && now.getType() == Schema.Type.ARRAY) {
            meaning(path + "[]", before.getElementType(), now.getElementType(), changes, seen);
        } else if (before.getType() == Schema.Type.MAP && now.getType() == Schema.Type.MAP) {
            meaning(path + "{}", before.getValueType(), now.getValueType(), changes, seen);
        } else if (before.getType() == Schema.Type.UNION || now.getType() == Schema.Type.UNION) {
            branches(path, before, now, changes, seen);
        }
    }

    private static void branches(String path, Schema before, Schema now, List<String> changes, Set<String> seen) {
        List<Schema> old = before.isUnion() ? before.getTypes() : List.of(before);
        List<Schema> is = now.isUnion() ? now.getTypes() : List.of(now);
        for (Schema each : old) {
            is.stream()
                    .filter(other -> other.getType() == each.getType())
                    .findFirst()
                    .ifPresent(other -> meaning(path, each, other, changes, seen));
        }
    }

    private static void logical(String at, Schema before, Schema now, List<String> changes) {
        String was = logical(before);
        String is = logical(now);
        if (before.getType() == now.getType() && !was.equals(is)) {
            changes.add(at + " was " + was + " and is " + is);
        }
        Set<Schema.Type> types = EnumSet.of(before.getType(), now.getType());
        if (types.equals(EnumSet.of(Schema.Type.STRING, Schema.Type.BYTES))) {
            changes.add(at + " was " + before.getType().getName() + " and is "
                    + now.getType().getName());
        }
        if (before.getType() == Schema.Type.LONG
                && (now.getType() == Schema.Type.DOUBLE || now.getType() == Schema.Type.FLOAT)) {
            changes.add(at + " loses digits above 2^53");
        }
    }

    private static String logical(Schema schema) {
        if (schema.getLogicalType() == null) {
            return "plain " + schema.getType().getName();
        }
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? "decimal with scale " + decimal.getScale()
                : schema.getLogicalType().getName();
    }
}
