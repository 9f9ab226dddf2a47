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
import dev.fairlead.planner.check.Comparison;
import dev.fairlead.planner.check.EarlierVersion;
import dev.fairlead.planner.check.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the imported schemas of a plan against those of the version before, reader by reader, and what is still there of earlier
 * versions against its new readers.
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

    /**
     * The findings for all items that have, or had, an imported schema.
     *
     * @param earlier versions before {@code before}, of which records may still be there
     * @param moment against which retention is reckoned
     */
    public static List<CheckFinding> compare(Plan before, Plan now, List<EarlierVersion> earlier, Instant moment) {
        List<CheckFinding> findings = new ArrayList<>();
        for (Share old : before.items()) {
            Share is = now.item(old.id()).orElse(null);
            if (is == null || (is.schema() == null && old.schema() == null)) {
                continue;
            }
            SchemaComparison comparison = new SchemaComparison(before, now, old, is);
            if (!is.schemaHash().equals(old.schemaHash())) {
                comparison.compare();
            }
            Comparison.live(old, is, earlier, moment).forEach(comparison::compareLive);
            findings.addAll(comparison.findings());
        }
        return findings;
    }

    private List<CheckFinding> findings() {
        return said.entrySet().stream()
                .map(each -> finding(each.getKey(), each.getValue()))
                .toList();
    }

    /** Both ways: the new owner may meet an old reader, and a new reader what the old owner wrote. */
    private void compare() {
        ImportedSchema was = old.schema();
        ImportedSchema schema = is.schema();
        if (was == null || schema == null || was.format() != schema.format()) {
            undecided("its fields were written in another language before");
            return;
        }
        try {
            for (Need need : before.needsOf(old.id())) {
                add(need.reader(), SchemaPair.of(schema, was).forReader(uses(need), SchemaPair.Later.WRITTEN));
            }
            for (Need need : now.needsOf(is.id())) {
                add(need.reader(), SchemaPair.of(was, schema).forReader(uses(need), SchemaPair.Later.READ));
                List<String> meaning = SchemaPair.of(was, schema).meaning(uses(need));
                if (!meaning.isEmpty()) {
                    add(Rule.MEANING_CHANGED, need.reader(), String.join("; ", meaning), null);
                }
            }
        } catch (JsonSchema.Unusable unusable) {
            undecided(String.valueOf(unusable.getMessage()));
        }
    }

    /** What was written by a version before the last and may still be there is read by the new readers only. */
    private void compareLive(Share live) {
        ImportedSchema written = live.schema();
        ImportedSchema schema = is.schema();
        if (written == null || schema == null || written.format() != schema.format()) {
            undecided("records may still be there whose fields were written in another language");
            return;
        }
        try {
            for (Need need : now.needsOf(is.id())) {
                add(need.reader(), SchemaPair.of(written, schema).forReader(uses(need), SchemaPair.Later.READ));
            }
        } catch (JsonSchema.Unusable unusable) {
            undecided(String.valueOf(unusable.getMessage()));
        }
    }

    private void undecided(String reason) {
        readers().forEach(reader -> add(Rule.SCHEMA_UNDECIDED, reader, reason, null));
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
                new Change(word(rule), Mode.FULL_TRANSITIVE, List.copyOf(what.readers()), what.witness(), null));
    }

    private static String verdict(Rule rule) {
        return switch (rule) {
            case SCHEMA_BREAKING -> "breaks";
            case SCHEMA_SUSPECT -> "may break";
            case MEANING_CHANGED -> "would be misread by";
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
