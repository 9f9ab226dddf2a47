package dev.fairlead.planner;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
            "scenario",
            "because",
            "direct",
            "per-request",
            "hot",
            "by",
            "conflate",
            "when-unknown",
            "unknown-symbols",
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
                section.share("hot"),
                section.words("by"));
        List<Located> uses = section.words("uses");
        if (uses.isEmpty() && section.entry("uses") instanceof Node.Entry(Node.Scalar key, Node.Sequence value)) {
            findings.error(
                    Rule.BAD_VALUE, value.place(), "`uses` is empty (name the fields, or leave it out to use all)");
        }
        Need.Trouble trouble =
                new Need.Trouble(section.word("when-unknown", WhenUnknown.class), FailureSyntax.read(section));
        Map<String, Located> unknownSymbols = unknownSymbols(section);
        Need.Pin pin = pin(section);
        Need.Direct direct = direct(section);
        String why = section.plainText("why");
        ItemId item = item(entry.key(), findings);
        return item == null
                ? null
                : new Need(
                        item,
                        reader,
                        uses,
                        freshness,
                        load,
                        trouble,
                        unknownSymbols,
                        pin,
                        direct,
                        why,
                        section.place());
    }

    private static Map<String, Located> unknownSymbols(Section section) {
        Section written = section.names("unknown-symbols");
        Map<String, Located> symbols = new LinkedHashMap<>();
        if (written != null) {
            for (Node.Entry entry : written.entries()) {
                Located symbol = written.text(entry.key().text());
                if (symbol != null) {
                    symbols.put(entry.key().text(), symbol);
                }
            }
        }
        return symbols;
    }

    private static @Nullable ItemId item(Node.Scalar key, Findings findings) {
        ItemId id = ItemId.find(key.text());
        if (id == null) {
            findings.error(
                    Rule.BAD_NAME,
                    key.place(),
                    Printable.quoted(key.text()) + " is not the id of an item (write owner.name, each " + PlanNames.RULE
                            + ")");
        }
        return id;
    }

    private static Need.@Nullable Pin pin(Section section) {
        Located mechanism = section.text("mechanism");
        Scenario scenario = section.word("scenario", Scenario.class);
        String because = section.plainText("because");
        String pinned = section.has("mechanism") ? "mechanism" : "scenario";
        if (section.has("because") && !section.has(pinned) && !section.has("direct")) {
            section.findings()
                    .error(
                            Rule.MISPLACED_KEY,
                            section.placeOf("because"),
                            "`because` gives the reason for a `mechanism` or a `scenario`, but there is none (add it, or"
                                    + " use `why`)");
        }
        if (section.has(pinned) && !section.has("because")) {
            Located written = section.text(pinned);
            section.findings()
                    .error(
                            Rule.PIN_WITHOUT_BECAUSE,
                            section.placeOf(pinned),
                            "`" + pinned + ": " + (written == null ? "" : written.text())
                                    + "` pins a choice without a reason (add `because: …`)");
        }
        String name = mechanism != null && isKnown(section, mechanism) ? mechanism.text() : null;
        return because == null || (name == null && scenario == null)
                ? null
                : new Need.Pin(name, scenario, because, section.placeOf(pinned));
    }

    private static Need.@Nullable Direct direct(Section section) {
        Need.Store store = section.word("direct", Need.Store.class);
        if (store == null) {
            return null;
        }
        Place place = section.placeOf("direct");
        if (section.has("mechanism")) {
            section.findings()
                    .error(
                            Rule.MISPLACED_KEY,
                            place,
                            "`direct` looks into the owner's database past every mechanism, but a `mechanism` is pinned"
                                    + " (leave one out)");
        }
        if (!section.has("because")) {
            section.findings()
                    .error(
                            Rule.PIN_WITHOUT_BECAUSE,
                            place,
                            "`direct: " + Words.of(store)
                                    + "` binds a reader to a database without a reason (add `because: …`)");
        }
        String because = section.plainText("because");
        return because == null ? null : new Need.Direct(store, because, place);
    }

    private static boolean isKnown(Section section, Located mechanism) {
        if (LandscapeSyntax.MECHANISMS.contains(mechanism.text())) {
            return true;
        }
        section.badWord("mechanism", mechanism, List.copyOf(LandscapeSyntax.MECHANISMS));
        return false;
    }
}
