package dev.fairlead.planner;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.spi.input.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins the services of all files by name and checks each need against the item it names. */
final class Merge {
    private final Findings findings;
    private final Unread unread;
    private final Map<String, ServicePlan> services = new LinkedHashMap<>();
    private final Map<ItemId, Share> items = new HashMap<>();
    private final Map<ItemId, Map<String, DataClass>> usable = new HashMap<>();

    /** Merges; a need of what was written but could not be read is not reported a second time. */
    Merge(Unread unread, Findings findings) {
        this.unread = unread;
        this.findings = findings;
    }

    List<ServicePlan> merge(List<ServicePlan> read) {
        read.forEach(this::add);
        for (ServicePlan service : services.values()) {
            service.needs().forEach(need -> check(service, need));
        }
        return List.copyOf(services.values());
    }

    private void add(ServicePlan service) {
        ServicePlan first = services.putIfAbsent(service.name(), service);
        if (first != null) {
            findings.error(
                    Rule.DUPLICATE_SERVICE,
                    service.place(),
                    "the service `" + service.name() + "` is already in "
                            + first.place().file() + " (one file per service: join them)");
        }
        for (Share share : service.shares()) {
            Share before = items.putIfAbsent(share.id(), share);
            if (before != null) {
                findings.error(
                        Rule.TWO_OWNERS,
                        share.place(),
                        "the item `" + share.id() + "` is already shared at " + before.place()
                                + " (an item has one owner: remove one)");
            }
        }
    }

    private void check(ServicePlan reader, Need need) {
        Share share = items.get(need.item());
        if (need.item().owner().equals(reader.name())) {
            findings.error(
                    Rule.OWN_ITEM_NEEDED,
                    need.place(),
                    "`" + reader.name() + "` owns `" + need.item()
                            + "` and cannot need it (remove the need: an owner reads" + " its own data)");
        } else if (share != null) {
            checkUses(reader, need, share);
            checkSearch(need, share);
            checkConflation(need, share);
            checkUnknown(need, share);
            checkScenario(need, share);
            checkUnknownSymbols(need, share);
            checkFailing(need, share);
        } else if (!unread.covers(need.item(), services.keySet())) {
            findings.error(
                    Rule.UNKNOWN_ITEM,
                    need.place(),
                    "nobody shares `" + need.item() + "` ("
                            + Nearest.remedy(
                                    need.item().toString(),
                                    items.keySet().stream()
                                            .map(ItemId::toString)
                                            .sorted()
                                            .toList())
                            + ")");
        }
    }

    private void checkSearch(Need need, Share share) {
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

    private void checkConflation(Need need, Share share) {
        if (need.conflate() != null && share.kind() != ItemKind.STATE) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    need.place(),
                    "`conflate` leaves changes out, which only a state item allows, but `" + share.id()
                            + "` is of kind " + share.kind().word() + " (remove it)");
        }
    }

    private void checkUnknown(Need need, Share share) {
        if (need.whenUnknown() != null && share.kind() != ItemKind.EVENT) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    need.place(),
                    "`when-unknown` is about events that the plan does not know, but `" + share.id() + "` is of kind "
                            + share.kind().word() + " (remove it)");
        }
    }

    private void checkScenario(Need need, Share share) {
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

    private void checkUnknownSymbols(Need need, Share share) {
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

    private void checkFailing(Need need, Share share) {
        if (need.whenFailing() != null && share.kind() != ItemKind.EVENT) {
            findings.error(
                    Rule.MISPLACED_KEY,
                    need.place(),
                    "`" + FailureSyntax.KEY + "` is about events that a handler of this service fails on, but `"
                            + share.id() + "` is of kind " + share.kind().word()
                            + " (remove it; for what is told its owner says it in the share)");
        }
    }

    private void checkUses(ServicePlan reader, Need need, Share share) {
        Map<String, DataClass> known = usable.computeIfAbsent(share.id(), id -> usable(share.content()));
        Set<String> seen = new HashSet<>();
        List<Located> uses = need.uses().isEmpty() ? all(need, known) : need.uses();
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

    private static List<Located> all(Need need, Map<String, DataClass> known) {
        List<Located> all = new ArrayList<>();
        for (String name : known.keySet()) {
            if (name.indexOf('.') < 0) {
                all.add(new Located(name, need.place()));
            }
        }
        return all;
    }

    /** What a need may name, with its class: fields, or for events the events and their fields. */
    private static Map<String, DataClass> usable(Content content) {
        Map<String, DataClass> usable = new LinkedHashMap<>();
        switch (content) {
            case Content.State state -> add(usable, "", state.fields());
            case Content.Request request -> add(usable, "", request.answer() == null ? Fields.NONE : request.answer());
            case Content.Events events -> {
                events.events().forEach((name, fields) -> usable.put(name, fields.highestClass()));
                events.events().forEach((name, fields) -> add(usable, name + ".", fields));
            }
        }
        return usable;
    }

    private static void add(Map<String, DataClass> usable, String prefix, Fields fields) {
        for (Field field : fields.list()) {
            usable.put(prefix + field.name(), field.highestClass());
        }
    }
}
