package dev.fairlead.planner;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a service declares about its use of one item. */
final class NeedSyntax {
    private static final Set<String> KNOWN = new LinkedHashSet<>(List.of(
            "uses",
            "reads",
            "within",
            "when-stale",
            "why",
            "mechanism",
            "because",
            "per-request",
            "hot",
            "conflate",
            "when-unknown",
            FailureSyntax.KEY));

    private NeedSyntax() {}

    /** The need, or null when its key is not the id of an item. */
    static @Nullable Need read(String reader, Node.Entry entry, Findings findings) {
        Section section = Section.of(
                "need " + Printable.quoted(entry.key().text()), entry.key().place(), entry.value(), KNOWN, findings);
        Need.Freshness freshness = new Need.Freshness(
                section.duration("within"),
                section.word("when-stale", WhenStale.class),
                section.positiveDuration("conflate"));
        Need.Load load = new Need.Load(
                section.quantity("reads", Measure.RATE),
                section.positive("per-request", Measure.COUNT),
                section.share("hot"));
        List<Located> uses = section.words("uses");
        if (uses.isEmpty() && section.entry("uses") instanceof Node.Entry(Node.Scalar key, Node.Sequence value)) {
            findings.error(
                    Rule.BAD_VALUE, value.place(), "`uses` is empty (name the fields, or leave it out to use all)");
        }
        Need.Trouble trouble =
                new Need.Trouble(section.word("when-unknown", WhenUnknown.class), FailureSyntax.read(section));
        Need.Pin pin = pin(section);
        String why = section.plainText("why");
        ItemId item = item(entry.key(), findings);
        return item == null ? null : new Need(item, reader, uses, freshness, load, trouble, pin, why, section.place());
    }

    private static @Nullable ItemId item(Node.Scalar key, Findings findings) {
        try {
            return ItemId.of(key.text());
        } catch (IllegalArgumentException notAnId) {
            findings.error(
                    Rule.BAD_NAME,
                    key.place(),
                    Printable.quoted(key.text()) + " is not the id of an item (write owner.name, each " + PlanNames.RULE
                            + ")");
            return null;
        }
    }

    private static Need.@Nullable Pin pin(Section section) {
        Located mechanism = section.text("mechanism");
        String because = section.plainText("because");
        if (section.has("because") && !section.has("mechanism")) {
            section.findings()
                    .error(
                            Rule.MISPLACED_KEY,
                            section.placeOf("because"),
                            "`because` gives the reason for a `mechanism`, but there is none (add it, or use `why`)");
        }
        if (mechanism == null || !isKnown(section, mechanism)) {
            return null;
        }
        if (!section.has("because")) {
            section.findings()
                    .error(
                            Rule.PIN_WITHOUT_BECAUSE,
                            mechanism.place(),
                            "`mechanism: " + mechanism.text() + "` pins a choice without a reason (add `because: …`)");
        }
        return because == null ? null : new Need.Pin(mechanism.text(), because, mechanism.place());
    }

    private static boolean isKnown(Section section, Located mechanism) {
        if (LandscapeSyntax.MECHANISMS.contains(mechanism.text())) {
            return true;
        }
        section.badWord("mechanism", mechanism, List.copyOf(LandscapeSyntax.MECHANISMS));
        return false;
    }
}
