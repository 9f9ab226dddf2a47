package dev.fairlead.schemas;

import com.google.protobuf.Descriptors.Descriptor;
import dev.fairlead.planner.ImportedSchema;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** Two schemas in one language: by the first something is written, and by the second it is read. */
sealed interface SchemaPair {

    /** Which of the two is the later version. */
    enum Later {
        WRITTEN,
        READ
    }

    /** Whether all that is written can be read by a reader of these fields; of all when there are none. */
    SchemaVerdict forReader(Set<String> uses, Later later) throws JsonSchema.Unusable;

    /** Changes from the first to the second after which all is read and something means something else. */
    List<String> meaning(Set<String> uses);

    /** A pair of schemas of the same format. */
    static SchemaPair of(ImportedSchema written, ImportedSchema read) throws JsonSchema.Unusable {
        return switch (read.format()) {
            case JSON_SCHEMA -> new Json(JsonSchema.read(written.text()), JsonSchema.read(read.text()));
            case AVRO -> new Avro(AvroComparison.read(written.text()), AvroComparison.read(read.text()));
            case PROTOBUF -> new Proto(ProtoSchema.read(written), ProtoSchema.read(read));
        };
    }

    /** JSON Schema. */
    record Json(JsonSchema written, JsonSchema read) implements SchemaPair {
        @Override
        public SchemaVerdict forReader(Set<String> uses, Later later) throws JsonSchema.Unusable {
            return JsonSchemaComparison.compare(
                    JsonSchema.of(SchemaViews.written(written.root())),
                    JsonSchema.of(SchemaViews.read(read.root(), uses)));
        }

        @Override
        public List<String> meaning(Set<String> uses) {
            return List.of();
        }
    }

    /** Avro. */
    record Avro(Schema written, Schema read) implements SchemaPair {
        @Override
        public SchemaVerdict forReader(Set<String> uses, Later later) {
            return AvroComparison.compare(written, SchemaViews.read(read, uses));
        }

        @Override
        public List<String> meaning(Set<String> uses) {
            return AvroComparison.meaning(SchemaViews.read(written, uses), SchemaViews.read(read, uses));
        }
    }

    /** Protobuf. */
    record Proto(Descriptor written, Descriptor read) implements SchemaPair {
        @Override
        public SchemaVerdict forReader(Set<String> uses, Later later) {
            return ProtoComparison.compare(written, read, uses, later);
        }

        @Override
        public List<String> meaning(Set<String> uses) {
            return ProtoComparison.meaning(written, read, uses);
        }
    }
}
