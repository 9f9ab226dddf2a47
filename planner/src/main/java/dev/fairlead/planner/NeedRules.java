package dev.fairlead.planner;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.spi.input.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks one need against the item that it names. */
final class NeedRules {
    private final NeededItems needed;
    private final ServicePlan reader;
    private final Need need;
    private final Findings findings;

    NeedRules(NeededItems needed, ServicePlan reader, Need need, Findings findings) {
        this.needed = needed;
        this.reader = reader;
        this.need = need;
        this.findings = findings;
    }

    void check() {
        Share share = needed.share(need.item());
        if (need.item().owner().equals(reader.name())) {
            findings.error(
                    Rule.OWN_ITEM_NEEDED,
                    need.place(),
                    "`" + reader.name() + "` owns `" + need.item()
                            + "` and cannot need it (remove the need: an owner reads" + " its own data)");
        } else if (share != null) {
            checkUses(share);
            checkSearch(share);
            checkConflation(share);
            checkUnknown(share);
            checkScenario(share);
            checkUnknownSymbols(share);
            checkFailing(share);
        } else if (!needed.mayBeUnread(need.item())) {
            findings.error(
                    Rule.UNKNOWN_ITEM,
                    need.place(),
                    "nobody shares `" + need.item() + "` ("
                            + Nearest.remedy(need.item().toString(), needed.names())
                            + ")");
        }
    }

    private void checkSearch(Share share) {
        for (Located by : need.load().by()) {
            boolean isUsed = need.uses().isEmpty() || need.usedNames().contains(by.text());
            if (!(share.content() instanceof Content.State state)) {
                findings.error(
                        Rule.MISPLACED_KEY,
                        by.place(),
                        "`by` searches the values of a state item, but `" + share.id() + "` is of kind "
                                + share.kind().word() + " (remove it)");
                return;
            } else if (state.fields().field(by.text()).isEmpty() || !isUsed) {
                List<String> known = need.uses().isEmpty() ? state.fields().names() : need.usedNames();
                findings.error(
                        Rule.UNKNOWN_FIELD,
                        by.place(),
                        "`by` searches by fields that the need uses, and " + Printable.quoted(by.text())
                                + " is none of them (" + Nearest.remedy(by.text(), known) + ")");
            }
        }
    }

    private void checkConflation(Share share) {
        if (need.conflate() != null && share.kind() != ItemKind.STATE) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    need.place(),
                    "`conflate` leaves changes out, which only a state item allows, but `" + share.id()
                            + "` is of kind " + share.kind().word() + " (remove it)");
        }
    }

    private void checkUnknown(Share share) {
        if (need.whenUnknown() != null && share.kind() != ItemKind.EVENT) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    need.place(),
                    "`when-unknown` is about events that the plan does not know, but `" + share.id() + "` is of kind "
                            + share.kind().word() + " (remove it)");
        }
    }

    private void checkScenario(Share share) {
        Need.Pin pin = need.pin();
        if (pin == null || pin.scenario() == null) {
            return;
        }
        if (share.kind() != ItemKind.STATE) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    pin.place(),
                    "`scenario` chooses how a state item reaches its reader, but `" + share.id() + "` is of kind "
                            + share.kind().word() + ", which decides it (remove it)");
        } else if (pin.scenario() == Scenario.EVENTS) {
            findings.error(
                    Rule.BAD_VALUE,
                    pin.place(),
                    "`" + share.id()
                            + "` is a state item, which has no events (pin feed or request, or share the events"
                            + " as an item of kind event)");
        }
    }

    private void checkUnknownSymbols(Share share) {
        need.unknownSymbols().forEach((name, symbol) -> {
            boolean isKnown = usable(share.content(), name) instanceof FieldType.Symbols(List<String> symbols)
                    && symbols.contains(symbol.text());
            if (!isKnown) {
                findings.error(
                        Rule.BAD_VALUE,
                        symbol.place(),
                        "`unknown-symbols` takes an enum field and one of its symbols, but `" + share.id()
                                + "` has none such as " + Printable.quoted(name) + ": "
                                + Printable.quoted(symbol.text()) + " (write for example { status: active })");
            }
        });
    }

    private static @Nullable FieldType usable(Content content, String name) {
        Fields fields = switch (content) {
            case Content.State state -> state.fields();
            case Content.Request request -> request.answer() == null ? Fields.NONE : request.answer();
            case Content.Events events ->
                events.events().getOrDefault(name.substring(0, Math.max(0, name.indexOf('.'))), Fields.NONE);
        };
        return fields.field(name.substring(name.indexOf('.') + 1))
                .map(field -> field.type().required())
                .orElse(null);
    }

    private void checkFailing(Share share) {
        if (need.whenFailing() != null && share.kind() != ItemKind.EVENT) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    need.place(),
                    "`" + FailureSyntax.KEY + "` is about events that a handler of this service fails on, but `"
                            + share.id() + "` is of kind " + share.kind().word()
                            + " (remove it; for what is told its owner says it in the share)");
        }
    }

    private void checkUses(Share share) {
        Map<String, DataClass> known = needed.usable(share);
        Set<String> seen = new HashSet<>();
        List<Located> uses = need.uses().isEmpty() ? all(known) : need.uses();
        for (Located use : uses) {
            DataClass dataClass = known.get(use.text());
            if (dataClass == null) {
                findings.error(
                        Rule.UNKNOWN_FIELD,
                        use.place(),
                        "`" + share.id() + "` has no field " + Printable.quoted(use.text()) + " ("
                                + Nearest.remedy(use.text(), known.keySet()) + ")");
            } else if (!reader.clearance().reaches(dataClass) && seen.add(use.text())) {
                findings.error(
                        Rule.CLASS_ABOVE_CLEARANCE,
                        use.place(),
                        "`" + use.text() + "` of `" + share.id() + "` is " + dataClass.word() + ", but `"
                                + reader.name()
                                + "` is cleared for " + reader.clearance().word()
                                + " (leave it out of `uses`, or raise `clearance`)");
            }
        }
    }

    private List<Located> all(Map<String, DataClass> known) {
        List<Located> all = new ArrayList<>();
        for (String name : known.keySet()) {
            if (name.indexOf('.') < 0) {
                all.add(new Located(name, need.place()));
            }
        }
        return all;
    }
}
