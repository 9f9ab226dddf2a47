package dev.fairlead.planner;

import dev.fairlead.api.Durability;
import dev.fairlead.contracts.DataClass;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what an owner declares about one item. */
final class ShareSyntax {
    private static final List<String> OF_ALL = List.of(
            "kind",
            "size",
            "changes",
            "durability",
            "retention",
            "envelope",
            "class",
            "lifecycle",
            "reserved",
            "also-written-by");
    private static final List<String> OF_SOME = List.of(
            "key",
            "fields",
            "schema",
            "keys",
            "events",
            "question",
            "answer",
            "deadline",
            "idempotent",
            "delivery",
            FailureSyntax.KEY,
            ExposeSyntax.KEY);
    private static final Set<String> KNOWN = known();

    private final ItemId id;
    private final Section section;

    private ShareSyntax(ItemId id, Section section) {
        this.id = id;
        this.section = section;
    }

    private static Set<String> known() {
        Set<String> known = new LinkedHashSet<>(OF_ALL);
        known.addAll(OF_SOME);
        return known;
    }

    /** The share, or null when it is too faulty to go on with. */
    static @Nullable Share read(ItemId id, Node.Entry entry, Findings findings) {
        Section section = Section.of("share `" + id + "`", entry.key().place(), entry.value(), KNOWN, findings);
        return new ShareSyntax(id, section).read();
    }

    private @Nullable Share read() {
        DataClass dataClass = section.word("class", DataClass.class);
        Terms terms = terms(dataClass == null ? DataClass.INTERNAL : dataClass);
        Volume volume = new Volume(
                section.positive("keys", Measure.COUNT),
                section.positive("size", Measure.SIZE),
                section.quantity("changes", Measure.RATE));
        if (!section.has("kind")) {
            section.missing("kind", "add kind: state, kind: event or kind: request");
            return null;
        }
        ItemKind kind = section.word("kind", ItemKind.class);
        if (kind == null) {
            return null;
        }
        ImportedSchema schema = new ImportedSyntax(section).read();
        Content content = new ContentSyntax(section, terms, schema).read(kind);
        return content == null
                ? null
                : new Share(
                        id,
                        content,
                        volume,
                        terms,
                        section.place(),
                        SharePlaces.of(section),
                        schema,
                        ExposeSyntax.read(id, section, content));
    }

    private Terms terms(DataClass dataClass) {
        Lifecycle lifecycle = section.word("lifecycle", Lifecycle.class);
        return new Terms(
                dataClass,
                lifecycle == null ? Lifecycle.ACTIVE : lifecycle,
                durability(section, Durability.D4),
                section.positiveDuration("retention"),
                section.word("envelope", Envelope.class),
                FailureSyntax.read(section),
                section.words("reserved").stream().map(Located::text).toList(),
                otherWriters());
    }

    private List<Located> otherWriters() {
        List<Located> writers = section.words("also-written-by");
        writers.forEach(writer -> PlanNames.check("a service", writer, section.findings()));
        return writers;
    }

    static @Nullable Durability durability(Section section, Durability highest) {
        Located text = section.text("durability");
        if (text == null) {
            return null;
        }
        List<Durability> levels = Arrays.stream(Durability.values())
                .filter(level -> level.compareTo(highest) <= 0)
                .toList();
        for (Durability level : levels) {
            if (level.name().equals(text.text())) {
                return level;
            }
        }
        section.findings()
                .error(
                        Rule.BAD_VALUE,
                        text.place(),
                        "`durability` cannot be " + Printable.quoted(text.text()) + " (use one of "
                                + String.join(
                                        ", ",
                                        levels.stream().map(Durability::name).toList()) + ")");
        return null;
    }
}
