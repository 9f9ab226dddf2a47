package dev.fairlead.planner;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the schema that a share names in the place of {@code fields}, and which members its records have.
 *
 * <p>Members of a plain type get that type. Those with parts stand as text: they can be named in {@code uses}, and what they hold
 * is judged on the schema itself.
 */
final class ImportedSyntax {
    /** Files that one schema imports, directly or not. */
    private static final int MOST_IMPORTS = 50;
    /** Imports of these are known to every reader of Protobuf. */
    private static final String WELL_KNOWN = "google/protobuf/";

    private final Section section;

    ImportedSyntax(Section section) {
        this.section = section;
    }

    /** The schema, or null when the share names none or it cannot be read, with the reason among the findings. */
    @Nullable
    ImportedSchema read() {
        Located named = section.text("schema");
        if (named == null) {
            return null;
        }
        ImportedSchema.Format format = format(named.text());
        Path beside = inside(named, Path.of(named.place().file()), named.text());
        if (format == null || beside == null) {
            fault(
                    named,
                    "`schema` names a file below the folder of its plan file: a JSON Schema (*.json), an Avro schema"
                            + " (*.avsc) or a Protobuf file (*.proto), not " + Printable.quoted(named.text())
                            + " (write for example trade.json)");
            return null;
        }
        SourceText text = text(named, beside);
        if (text == null) {
            return null;
        }
        SortedMap<String, String> imports = new TreeMap<>();
        boolean isComplete = format != ImportedSchema.Format.PROTOBUF || imports(named, beside, text.text(), imports);
        return isComplete ? new ImportedSchema(format, text.file(), text.text(), imports, named.place()) : null;
    }

    /** Reads what a Protobuf file imports; the paths begin in its folder. False when one cannot be read, which is then reported. */
    private boolean imports(Located named, Path file, String text, SortedMap<String, String> into) {
        ProtoText proto = new ProtoText(text);
        if (proto.isTooDeep()) {
            fault(named, "the schema " + Printable.quoted(named.text()) + " nests deeper than 50 (split its messages)");
            return false;
        }
        for (String path : proto.imports()) {
            if (!path.startsWith(WELL_KNOWN) && !into.containsKey(path) && !imported(named, file, path, into)) {
                return false;
            }
        }
        return true;
    }

    private boolean imported(Located named, Path file, String path, SortedMap<String, String> into) {
        Path imported = inside(named, file, path);
        if (imported == null || into.size() == MOST_IMPORTS) {
            fault(
                    named,
                    "the schema " + Printable.quoted(named.text()) + " imports " + Printable.quoted(path)
                            + ", but only up to 50 files below the folder of the plan file may be imported (copy it there)");
            return false;
        }
        SourceText read = text(named, imported);
        if (read == null) {
            return false;
        }
        into.put(path, read.text());
        return imports(named, file, read.text(), into);
    }

    private static ImportedSchema.@Nullable Format format(String name) {
        if (name.endsWith(".json")) {
            return ImportedSchema.Format.JSON_SCHEMA;
        }
        if (name.endsWith(".proto")) {
            return ImportedSchema.Format.PROTOBUF;
        }
        return name.endsWith(".avsc") ? ImportedSchema.Format.AVRO : null;
    }

    /** The file at a path from another, unless it leads out of the folder of the plan file. */
    private static @Nullable Path inside(Located named, Path from, String path) {
        try {
            Path plan = Path.of(named.place().file()).toAbsolutePath().normalize();
            Path file = from.resolveSibling(path);
            boolean isInside = file.toAbsolutePath().normalize().startsWith(plan.resolveSibling(""));
            return Path.of(path).isAbsolute() || !isInside ? null : file;
        } catch (InvalidPathException noPath) {
            return null;
        }
    }

    private @Nullable SourceText text(Located named, Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(PlanLimits.FILE_BYTES + 1);
            if (bytes.length > PlanLimits.FILE_BYTES || !section.findings().admit(bytes.length)) {
                fault(named, "the schema is larger than 1 MiB, or all together than 64 MiB (split it, or check fewer)");
                return null;
            }
            return SourceText.of(SourceFiles.shown(file), bytes, section.findings());
        } catch (IOException unreadable) {
            fault(
                    named,
                    "the schema " + Printable.quoted(named.text()) + " cannot be read: "
                            + unreadable.getClass().getSimpleName() + " (check that it is there)");
            return null;
        }
    }

    private void fault(Located named, String message) {
        section.findings().error(Rule.BAD_VALUE, named.place(), message);
    }

    /** The members of its records; so many that they exceed the limit are reported. */
    Fields fields(ImportedSchema schema) {
        List<Field> members = members(schema);
        if (members == null) {
            return Fields.NONE;
        }
        if (members.isEmpty()) {
            section.findings()
                    .error(
                            Rule.BAD_VALUE,
                            schema.place(),
                            "no " + wanted(schema.format()) + " was found in " + schema.file()
                                    + " (put the file right)");
        }
        if (members.size() > FieldType.MAX_FIELDS) {
            section.findings()
                    .error(
                            Rule.TOO_LARGE,
                            schema.place(),
                            "the records of this schema have more than " + FieldType.MAX_FIELDS
                                    + " members (split it)");
        }
        return new Fields(members.stream().limit(FieldType.MAX_FIELDS).toList());
    }

    private static String wanted(ImportedSchema.Format format) {
        return switch (format) {
            case JSON_SCHEMA -> "object with `properties`";
            case AVRO -> "record with `fields`";
            case PROTOBUF -> "message with fields";
        };
    }

    /** Null when the file cannot be parsed, which is then reported. */
    private @Nullable List<Field> members(ImportedSchema schema) {
        if (schema.format() == ImportedSchema.Format.PROTOBUF) {
            return new ProtoText(schema.text()).members();
        }
        // JSON is YAML but for tabs, which JSON allows between values only.
        SourceText source = new SourceText(schema.file(), schema.text().replace('\t', ' '));
        Node parsed = Tree.read(source, section.findings());
        if (parsed == null) {
            return null;
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        if (parsed instanceof Node.Mapping root) {
            switch (schema.format()) {
                case JSON_SCHEMA -> properties(root, fields);
                case AVRO -> avro(root, fields);
                case PROTOBUF -> throw new IllegalStateException("a Protobuf file is no YAML");
            }
        }
        return List.copyOf(fields.values());
    }

    private static void properties(Node.Mapping root, Map<String, Field> fields) {
        Set<String> required = new HashSet<>();
        if (value(root, "required") instanceof Node.Sequence names) {
            names.elements().forEach(name -> required.add(text(name)));
        }
        if (value(root, "properties") instanceof Node.Mapping properties) {
            for (Node.Entry entry : properties.entries()) {
                String name = entry.key().text();
                FieldType type = type(entry.value() instanceof Node.Mapping property ? value(property, "type") : null);
                add(name, required.contains(name) ? type : new FieldType.Optional(type), fields);
            }
        }
    }

    private static void avro(Node.Mapping root, Map<String, Field> fields) {
        if (value(root, "fields") instanceof Node.Sequence list) {
            for (Node element : list.elements()) {
                if (element instanceof Node.Mapping field) {
                    Node type = value(field, "type");
                    boolean isOptional = type instanceof Node.Sequence branches
                            && branches.elements().stream()
                                    .anyMatch(branch -> text(branch).equals("null"));
                    FieldType required = type(type);
                    add(text(value(field, "name")), isOptional ? new FieldType.Optional(required) : required, fields);
                }
            }
        }
    }

    private static void add(String name, FieldType type, Map<String, Field> fields) {
        if (Names.isField(name)) {
            fields.putIfAbsent(name, Field.of(name, type));
        }
    }

    private static FieldType type(@Nullable Node type) {
        return switch (text(type)) {
            case "boolean" -> FieldType.Scalar.BOOL;
            case "int" -> FieldType.Scalar.INT32;
            case "integer", "long" -> FieldType.Scalar.INT64;
            case "number", "float", "double" -> FieldType.Scalar.FLOAT64;
            case "bytes" -> FieldType.Scalar.BYTES;
            default -> FieldType.Scalar.STRING;
        };
    }

    private static @Nullable Node value(Node.Mapping mapping, String key) {
        return mapping.entries().stream()
                .filter(entry -> entry.key().text().equals(key))
                .map(Node.Entry::value)
                .findFirst()
                .orElse(null);
    }

    private static String text(@Nullable Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }
}
