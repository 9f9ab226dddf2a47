package dev.fairlead.planner;

import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.FieldTypeText;
import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.Names;
import dev.fairlead.contracts.TypeReading;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the type of a field: its text form, or a record or union whose parts are written as keys of their own. */
final class TypeSyntax {
    private final FieldsSyntax fields;

    TypeSyntax(FieldsSyntax fields) {
        this.fields = fields;
    }

    /** The type of {@code name: type}. */
    @Nullable
    FieldType plain(Findings findings, String name, Node value) {
        if (!(value instanceof Node.Scalar scalar) || scalar.isAbsent()) {
            findings.error(
                    Rule.BAD_TYPE,
                    value.place(),
                    "the field " + Printable.quoted(name) + " has no type (use " + FieldTypeText.KNOWN + ")");
            return null;
        }
        return switch (FieldTypeText.read(scalar.text())) {
            case TypeReading.Read(FieldType type) -> type;
            case TypeReading.Unreadable unreadable -> {
                findings.error(Rule.BAD_TYPE, placeIn(scalar, unreadable.offset()), unreadable.message());
                yield null;
            }
        };
    }

    /** The type of {@code name: { type: …, … }}. */
    @Nullable
    FieldType described(Section section) {
        Node.Entry entry = section.entry("type");
        if (entry == null) {
            section.missing("type", "add it, for example type: string");
            return null;
        }
        String word = entry.value() instanceof Node.Scalar scalar ? scalar.text() : "";
        boolean optional = Boolean.TRUE.equals(section.flag("optional"));
        String core = word.endsWith("?") ? word.substring(0, word.length() - 1) : word;
        FieldType type = switch (core) {
            case "record" -> record(section);
            case "union" -> union(section);
            default -> plainWithoutParts(section, entry);
        };
        if (type == null) {
            return null;
        }
        return (optional || word.endsWith("?")) && !type.isOptional() ? new FieldType.Optional(type) : type;
    }

    private @Nullable FieldType plainWithoutParts(Section section, Node.Entry entry) {
        refuse(section, "fields", "only `type: record` has them");
        refuse(section, "variants", "only `type: union` has them");
        refuse(section, "discriminator", "only `type: union` has one");
        return plain(section.findings(), "type", entry.value());
    }

    private @Nullable FieldType record(Section section) {
        refuse(section, "variants", "only `type: union` has them");
        refuse(section, "discriminator", "only `type: union` has one");
        Section parts = section.names("fields");
        if (parts == null) {
            section.missing("fields", "name the fields of the record");
            return null;
        }
        return new FieldType.RecordOf(fields.read(parts));
    }

    private @Nullable FieldType union(Section section) {
        refuse(section, "fields", "a union has `variants`");
        Located discriminator = section.required("discriminator", "name the field that tells the variants apart");
        Section parts = section.names("variants");
        if (parts == null) {
            section.missing("variants", "name them, each with its fields");
            return null;
        }
        Map<String, Fields> variants = fields.records(parts, "a variant");
        if (discriminator == null || variants.isEmpty()) {
            return null;
        }
        boolean taken = variants.values().stream()
                .anyMatch(each -> each.field(discriminator.text()).isPresent());
        if (taken || !Names.isField(discriminator.text())) {
            section.findings()
                    .error(
                            Rule.BAD_TYPE,
                            discriminator.place(),
                            Printable.quoted(discriminator.text())
                                    + " cannot be the discriminator (use a field name that no variant has)");
            return null;
        }
        return new FieldType.Union(discriminator.text(), variants);
    }

    private static void refuse(Section section, String key, String remedy) {
        Node.Entry entry = section.entry(key);
        if (entry != null) {
            section.findings()
                    .error(
                            Rule.MISPLACED_KEY,
                            entry.key().place(),
                            "`" + key + "` does not belong here (" + remedy + ")");
        }
    }

    private static Place placeIn(Node.Scalar scalar, int offset) {
        if (scalar.place().line() != scalar.end().line() || scalar.style() == Node.Style.BLOCK) {
            return scalar.place();
        }
        int quote = scalar.style() == Node.Style.QUOTED ? 1 : 0;
        return scalar.place().right(scalar.text().codePointCount(0, offset) + quote);
    }
}
