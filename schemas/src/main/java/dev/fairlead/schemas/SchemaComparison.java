package dev.fairlead.schemas;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.ImportedSchema;
import dev.fairlead.planner.Lifecycle;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.Severity;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.check.Change;
import dev.fairlead.planner.check.CheckFinding;
import dev.fairlead.planner.check.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Holds the imported schemas of a plan against those of the version before, reader by reader.
 *
 * <p>A break that a document proves is an error; what is only suspected, or cannot be decided, is a warning of a rule of its own.
 */
public final class SchemaComparison {
    private final Plan before;
    private final Plan now;
    private final Share old;
    private final Share is;
    private final Map<Rule, Said> said = new LinkedHashMap<>();

    private SchemaComparison(Plan before, Plan now, Share old, Share is) {
        this.before = before;
        this.now = now;
        this.old = old;
        this.is = is;
    }

    /** What is said by one rule, and about whom. */
    private record Said(String reason, @Nullable String witness, SortedSet<String> readers) {}

    /** The findings for all items that have, or had, an imported schema. */
    public static List<CheckFinding> compare(Plan before, Plan now) {
        List<CheckFinding> findings = new ArrayList<>();
        for (Share old : before.items()) {
            now.item(old.id())
                    .filter(is -> is.schema() != null || old.schema() != null)
                    .filter(is -> !is.schemaHash().equals(old.schemaHash()))
                    .ifPresent(is -> findings.addAll(new SchemaComparison(before, now, old, is).compare()));
        }
        return findings;
    }

    private List<CheckFinding> compare() {
        ImportedSchema was = old.schema();
        ImportedSchema schema = is.schema();
        try {
            if (was == null || schema == null || was.format() != schema.format()) {
                undecided("its fields were written in another language before");
            } else if (schema.format() == ImportedSchema.Format.AVRO) {
                avro(AvroComparison.read(was.text()), AvroComparison.read(schema.text()));
            } else {
                json(JsonSchema.read(was.text()), JsonSchema.read(schema.text()));
            }
        } catch (JsonSchema.Unusable unusable) {
            undecided(String.valueOf(unusable.getMessage()));
        }
        return said.entrySet().stream()
                .map(each -> finding(each.getKey(), each.getValue()))
                .toList();
    }

    private void undecided(String reason) {
        readers().forEach(reader -> add(Rule.SCHEMA_UNDECIDED, reader, reason, null));
    }

    private void json(JsonSchema was, JsonSchema schema) throws JsonSchema.Unusable {
        for (String reader : readers()) {
            for (Need need : before.needsOf(old.id())) {
                if (need.reader().equals(reader)) {
                    add(
                            reader,
                            JsonSchemaComparison.compare(
                                    JsonSchema.of(SchemaViews.written(schema.root())),
                                    JsonSchema.of(SchemaViews.read(was.root(), uses(need)))));
                }
            }
            for (Need need : now.needsOf(is.id())) {
                if (need.reader().equals(reader)) {
                    add(
                            reader,
                            JsonSchemaComparison.compare(
                                    JsonSchema.of(SchemaViews.written(was.root())),
                                    JsonSchema.of(SchemaViews.read(schema.root(), uses(need)))));
                }
            }
        }
    }

    private void avro(Schema was, Schema schema) {
        for (Need need : before.needsOf(old.id())) {
            add(need.reader(), AvroComparison.compare(schema, SchemaViews.read(was, uses(need))));
        }
        for (Need need : now.needsOf(is.id())) {
            add(need.reader(), AvroComparison.compare(was, SchemaViews.read(schema, uses(need))));
            List<String> meaning =
                    AvroComparison.meaning(SchemaViews.read(was, uses(need)), SchemaViews.read(schema, uses(need)));
            if (!meaning.isEmpty()) {
                add(Rule.MEANING_CHANGED, need.reader(), String.join("; ", meaning), null);
            }
        }
    }

    private void add(String reader, SchemaVerdict verdict) {
        switch (verdict) {
            case SchemaVerdict.Contained contained -> {}
            case SchemaVerdict.Breaking(String witness, String reason) ->
                add(Rule.SCHEMA_BREAKING, reader, reason, witness);
            case SchemaVerdict.Suspect(String reason) -> add(Rule.SCHEMA_SUSPECT, reader, reason, null);
            case SchemaVerdict.Undecided(String reason) -> add(Rule.SCHEMA_UNDECIDED, reader, reason, null);
        }
    }

    private void add(Rule rule, String reader, String reason, @Nullable String witness) {
        said.computeIfAbsent(rule, key -> new Said(reason, witness, new TreeSet<>()))
                .readers()
                .add(reader);
    }

    private SortedSet<String> readers() {
        SortedSet<String> readers = new TreeSet<>();
        before.needsOf(old.id()).forEach(need -> readers.add(need.reader()));
        now.needsOf(is.id()).forEach(need -> readers.add(need.reader()));
        return readers;
    }

    private static Set<String> uses(Need need) {
        return new LinkedHashSet<>(need.usedNames());
    }

    private CheckFinding finding(Rule rule, Said what) {
        boolean isProved = rule == Rule.SCHEMA_BREAKING || rule == Rule.MEANING_CHANGED;
        boolean isDraft = old.terms().lifecycle() == Lifecycle.DRAFT;
        Severity severity = isProved && !isDraft ? Severity.ERROR : Severity.WARNING;
        String readers = String.join(", ", what.readers());
        String message = "the schema of `" + is.id() + "` " + verdict(rule) + " " + readers + ": " + what.reason()
                + " (" + remedy(rule) + ")";
        ImportedSchema schema = is.schema();
        return new CheckFinding(
                new Finding(rule, severity, message, schema == null ? is.place() : schema.place()),
                new Change(word(rule), Mode.FULL, List.copyOf(what.readers()), what.witness(), null));
    }

    private static String verdict(Rule rule) {
        return switch (rule) {
            case SCHEMA_BREAKING -> "breaks";
            case SCHEMA_SUSPECT -> "may break";
            case MEANING_CHANGED -> "still fits, but would be misread by";
            default -> "may or may not break";
        };
    }

    private static String word(Rule rule) {
        return switch (rule) {
            case SCHEMA_BREAKING -> "BREAKING(witness)";
            case SCHEMA_SUSPECT -> "SUSPECT";
            case MEANING_CHANGED -> "meaning";
            default -> "UNDECIDED";
        };
    }

    private static String remedy(Rule rule) {
        return switch (rule) {
            case SCHEMA_BREAKING, MEANING_CHANGED -> "add beside it what is new, move the readers, then remove the old";
            case SCHEMA_SUSPECT -> "no document was found that shows it: compare by hand";
            default -> "compare by hand, or write it so that it can be compared";
        };
    }
}
