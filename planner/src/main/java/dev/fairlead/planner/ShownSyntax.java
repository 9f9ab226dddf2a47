package dev.fairlead.planner;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.Names;
import dev.fairlead.spi.input.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which fields a view shows, and under which names: {@code fields}, as a need's {@code uses}, and {@code names}. */
final class ShownSyntax {
    private final ItemId item;
    private final Section section;
    private final Findings findings;
    private final DataClass clearance;

    /** By event, or by {@link OutsideView#STATE}, the fields that there are. */
    private final Map<String, Fields> records;

    private final Map<String, List<OutsideView.Shown>> shown = new LinkedHashMap<>();

    ShownSyntax(ItemId item, Section section, DataClass clearance, Map<String, Fields> records) {
        this.item = item;
        this.section = section;
        this.findings = section.findings();
        this.clearance = clearance;
        this.records = records;
    }

    Map<String, List<OutsideView.Shown>> read() {
        section.words("fields").forEach(this::field);
        Section names = section.names("names");
        if (names != null) {
            names.entries().forEach(entry -> renamed(names, entry));
        }
        if (!section.has("fields") && !section.has("names")) {
            section.missing("fields", "name the fields that are shown; nothing is shown that is not named");
        } else if (!findings.hasErrors() && shown.isEmpty()) {
            findings.error(
                    Rule.BAD_VALUE,
                    section.placeOf("fields"),
                    "nothing is shown (name the fields under `fields`, or remove the view)");
        }
        return shown;
    }

    private void field(Located written) {
        if (isEvents() && records.containsKey(written.text())) {
            shown.computeIfAbsent(written.text(), event -> new ArrayList<>());
            return;
        }
        Part part = Part.of(written.text(), isEvents());
        Field field = known(written, part);
        if (field != null) {
            add(part.record(), new OutsideView.Shown(field.name(), field.name(), written.place()), field);
        }
    }

    private void renamed(Section names, Node.Entry entry) {
        String key = entry.key().text();
        Located inside = names.text(key);
        if (inside == null) {
            return;
        }
        Part outside = Part.of(key, isEvents());
        if (!Names.isField(outside.field())) {
            findings.error(
                    Rule.BAD_NAME,
                    entry.key().place(),
                    Printable.quoted(outside.field()) + " cannot name a field (use " + Names.FIELD_RULE + ")");
            return;
        }
        Part part = Part.of(inside.text(), isEvents());
        Field field = known(new Located(inside.text(), entry.key().place()), part);
        if (field == null) {
            return;
        }
        if (!part.record().equals(outside.record())) {
            findings.error(
                    Rule.BAD_VALUE,
                    entry.key().place(),
                    Printable.quoted(key) + " names a field of another event than " + Printable.quoted(inside.text())
                            + " (write `" + part.record() + "." + outside.field() + ": " + inside.text() + "`)");
            return;
        }
        add(
                part.record(),
                new OutsideView.Shown(outside.field(), field.name(), entry.key().place()),
                field);
    }

    private boolean isEvents() {
        return !records.containsKey(OutsideView.STATE);
    }

    /** A field of an event, or of what has no events. */
    private record Part(String record, String field) {
        static Part of(String text, boolean isOfEvent) {
            int dot = isOfEvent ? text.indexOf('.') : -1;
            return new Part(text.substring(0, Math.max(0, dot)), text.substring(dot + 1));
        }
    }

    private @Nullable Field known(Located written, Part part) {
        Fields fields = records.get(part.record());
        Field field = fields == null ? null : fields.field(part.field()).orElse(null);
        if (field == null) {
            findings.error(
                    Rule.UNKNOWN_FIELD,
                    written.place(),
                    "`" + item + "` has no field " + Printable.quoted(written.text()) + " ("
                            + Nearest.remedy(written.text(), all()) + ")");
        }
        return field;
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        records.forEach((record, fields) ->
                fields.names().forEach(name -> all.add(record.equals(OutsideView.STATE) ? name : record + "." + name)));
        return all;
    }

    private void add(String record, OutsideView.Shown added, Field field) {
        List<OutsideView.Shown> fields = shown.computeIfAbsent(record, absent -> new ArrayList<>());
        if (fields.stream().anyMatch(each -> each.name().equals(added.name()))) {
            findings.error(
                    Rule.BAD_VALUE,
                    added.place(),
                    "two fields would be shown as " + Printable.quoted(added.name())
                            + " (take another name, or take one of them out)");
        } else if (fields.size() == FieldType.MAX_FIELDS) {
            findings.error(
                    Rule.TOO_LARGE,
                    added.place(),
                    "a view shows at most " + FieldType.MAX_FIELDS + " fields (split it)");
        } else {
            fields.add(added);
        }
        if (!clearance.reaches(field.highestClass())) {
            findings.error(
                    Rule.EXPOSED_ABOVE_CLEARANCE,
                    added.place(),
                    "`" + field.name() + "` of `" + item + "` is "
                            + field.highestClass().word() + ", but the view may show " + clearance.word()
                            + " data (leave the field out, or add `clearance: "
                            + field.highestClass().word() + "` to the view)");
        }
    }
}
