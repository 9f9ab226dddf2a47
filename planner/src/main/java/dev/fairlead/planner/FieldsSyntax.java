package dev.fairlead.planner;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.Meaning;
import dev.fairlead.contracts.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a record: {@code name: type}, or {@code name: { type: …, class: … }}. */
final class FieldsSyntax {
    /** Stands for a type that could not be read, so that the field is known; there will be no plan. */
    private static final FieldType UNREAD = FieldType.Scalar.STRING;

    private static final Set<String> KNOWN = new LinkedHashSet<>(List.of(
            "type",
            "class",
            "unit",
            "currency",
            "timezone",
            "scale",
            "default",
            "optional",
            "fields",
            "discriminator",
            "variants"));

    private final DataClass assumedClass;
    private final TypeSyntax types;

    /** Reads fields which, where they do not say, have the given class. */
    FieldsSyntax(DataClass assumedClass) {
        this.assumedClass = assumedClass;
        this.types = new TypeSyntax(this);
    }

    Fields read(Section section) {
        List<Field> fields = new ArrayList<>();
        for (Node.Entry entry : section.entries()) {
            Field field = field(section, entry);
            if (field != null && fields.size() == FieldType.MAX_FIELDS) {
                section.findings()
                        .error(
                                Rule.TOO_LARGE,
                                entry.key().place(),
                                "a record has more than " + FieldType.MAX_FIELDS + " fields (split it)");
                break;
            }
            if (field != null) {
                fields.add(field);
            }
        }
        return new Fields(fields);
    }

    /** Records by name, as events and the variants of a union are. */
    Map<String, Fields> records(Section section, String what) {
        Map<String, Fields> records = new LinkedHashMap<>();
        for (Node.Entry entry : section.entries()) {
            String name = entry.key().text();
            if (!Names.isSymbol(name) || records.size() == FieldType.MAX_FIELDS) {
                section.findings()
                        .error(
                                Rule.BAD_NAME,
                                entry.key().place(),
                                Printable.quoted(name) + " cannot name " + what + " (use " + Names.SYMBOL_RULE
                                        + ", at most " + FieldType.MAX_FIELDS + " of them)");
            } else {
                Section fields = Section.open(
                        what + " " + Printable.quoted(name), entry.key().place(), entry.value(), section.findings());
                records.put(name, read(fields));
            }
        }
        return records;
    }

    private @Nullable Field field(Section section, Node.Entry entry) {
        String name = entry.key().text();
        if (!Names.isField(name)) {
            section.findings()
                    .error(
                            Rule.BAD_NAME,
                            entry.key().place(),
                            Printable.quoted(name) + " cannot name a field (use " + Names.FIELD_RULE + ")");
            return null;
        }
        if (entry.value() instanceof Node.Mapping) {
            return described(section.findings(), entry);
        }
        FieldType type = types.plain(section.findings(), name, entry.value());
        return new Field(name, type == null ? UNREAD : type, assumedClass, Meaning.PLAIN, null);
    }

    private Field described(Findings findings, Node.Entry entry) {
        String name = entry.key().text();
        Section section =
                Section.of("field " + Printable.quoted(name), entry.key().place(), entry.value(), KNOWN, findings);
        DataClass dataClass = section.word("class", DataClass.class);
        DataClass effective = dataClass == null ? assumedClass : dataClass;
        FieldType type = types.described(section);
        Meaning meaning = new Meaning(
                section.plainText("unit"),
                section.plainText("currency"),
                section.plainText("timezone"),
                scale(section));
        String defaultText = section.plainText("default");
        return new Field(name, type == null ? UNREAD : type, effective, meaning, defaultText);
    }

    private static @Nullable Integer scale(Section section) {
        Located scale = section.text("scale");
        if (scale == null) {
            return null;
        }
        if (scale.text().matches("-?[0-9]{1,2}")) {
            return Integer.valueOf(scale.text());
        }
        section.findings()
                .error(
                        Rule.BAD_QUANTITY,
                        scale.place(),
                        "`scale`: " + Printable.quoted(scale.text()) + " is not a power of ten (write for example 2)");
        return null;
    }
}
