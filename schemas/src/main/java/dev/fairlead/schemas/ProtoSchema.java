package dev.fairlead.schemas;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.squareup.wire.schema.CoreLoader;
import com.squareup.wire.schema.ErrorCollector;
import com.squareup.wire.schema.Linker;
import com.squareup.wire.schema.Loader;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.SchemaException;
import com.squareup.wire.schema.internal.SchemaEncoder;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import dev.fairlead.planner.ImportedSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a Protobuf file with its imports into descriptors.
 *
 * <p>Wire parses and links, since the compiler of Protobuf itself is no Java program; the descriptors are Protobuf's own, so that messages
 * can be written and read by them.
 */
final class ProtoSchema implements Loader {
    private static final String ROOT = "the schema";

    private final Map<String, String> texts;
    private final Map<String, ProtoFileElement> parsed = new HashMap<>();
    private final Map<String, FileDescriptor> built = new HashMap<>();

    private ProtoSchema(ImportedSchema schema) {
        texts = new HashMap<>(schema.imports());
        texts.put(ROOT, schema.text());
    }

    /** The first message of the file. */
    static Descriptor read(ImportedSchema schema) throws JsonSchema.Unusable {
        try {
            return new ProtoSchema(schema).root();
        } catch (SchemaException | IllegalStateException | IllegalArgumentException faulty) {
            throw unusable(String.valueOf(faulty.getMessage()));
        } catch (DescriptorValidationException | InvalidProtocolBufferException faulty) {
            throw unusable(String.valueOf(faulty.getMessage()));
        }
    }

    private static JsonSchema.Unusable unusable(String fault) {
        return new JsonSchema.Unusable("this is no Protobuf schema: "
                + fault.lines().filter(line -> !line.isBlank()).findFirst().orElse(""));
    }

    private Descriptor root()
            throws JsonSchema.Unusable, DescriptorValidationException, InvalidProtocolBufferException {
        Schema schema = new Linker(this, new ErrorCollector(), true, true).link(List.of(load(ROOT)));
        FileDescriptor file = build(ROOT, schema, new SchemaEncoder(schema));
        if (file.getMessageTypes().isEmpty()) {
            throw unusable("it has no message");
        }
        return file.getMessageTypes().getFirst();
    }

    private FileDescriptor build(String path, Schema schema, SchemaEncoder encoder)
            throws DescriptorValidationException, InvalidProtocolBufferException {
        FileDescriptor known = built.get(path);
        if (known != null) {
            return known;
        }
        ProtoFile file = schema.protoFile(path);
        if (file == null) {
            throw new IllegalStateException(path + " was not linked");
        }
        FileDescriptorProto encoded =
                FileDescriptorProto.parseFrom(encoder.encode(file).toByteArray());
        ProtoFileElement element = parsed.get(path);
        FileDescriptorProto whole =
                element == null ? encoded : ProtoDetails.of(element).added(encoded);
        FileDescriptor[] needed = new FileDescriptor[whole.getDependencyCount()];
        for (int number = 0; number < needed.length; number++) {
            needed[number] = build(whole.getDependency(number), schema, encoder);
        }
        FileDescriptor descriptor = FileDescriptor.buildFrom(whole, needed);
        built.put(path, descriptor);
        return descriptor;
    }

    @Override
    public ProtoFile load(String path) {
        String text = texts.get(path);
        if (text == null) {
            return CoreLoader.INSTANCE.load(path);
        }
        ProtoFileElement element =
                parsed.computeIfAbsent(path, key -> ProtoParser.Companion.parse(Location.get(path), text));
        return ProtoFile.Companion.get(element);
    }

    @Override
    public Loader withErrors(ErrorCollector errors) {
        return this;
    }
}
