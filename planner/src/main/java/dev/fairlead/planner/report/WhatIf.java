package dev.fairlead.planner.report;

import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Defaults;
import dev.fairlead.planner.Gate;
import dev.fairlead.planner.ItemKind;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Quantity;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.Volume;
import dev.fairlead.planner.Words;
import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.planner.formulas.StateNumbers.Input;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on a state item's needs for other numbers than the plan's, computed beforehand at steps of each number, so that a page
 * can step through them without a model of its own.
 *
 * <p>Written as JSON: the names of the sliders and their factors; the outcomes that occur; and for each need one letter per
 * combination of steps, which numbers the outcome. The last slider steps fastest.
 */
final class WhatIf {
    /** So many needs take some seconds and make a page of a megabyte at most. */
    static final int MOST_NEEDS = 200;

    private static final Map<Input, List<Double>> STEPS = new EnumMap<>(Map.of(
            Input.CHANGES, List.of(0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0),
            Input.READS, List.of(0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0),
            Input.KEYS, List.of(0.1, 1.0, 10.0, 100.0),
            Input.SIZE, List.of(0.1, 1.0, 10.0, 100.0)));
    private static final int FIRST_LETTER = '0';

    private final JudgedPlan judged;
    private final Map<String, Integer> outcomes = new LinkedHashMap<>();

    WhatIf(JudgedPlan judged) {
        this.judged = judged;
    }

    /** The items with a table, as many as fit, each with its decided needs. */
    Map<Share, List<Decision>> items() {
        Map<Share, List<Decision>> items = new LinkedHashMap<>();
        Map<Object, List<Decision>> byItem = new LinkedHashMap<>();
        judged.decisions()
                .list()
                .forEach(each -> byItem.computeIfAbsent(each.item(), item -> new ArrayList<>())
                        .add(each));
        int needs = 0;
        for (Share share : judged.plan().items()) {
            List<Decision> readers = byItem.getOrDefault(share.id(), List.of());
            if (share.kind() == ItemKind.STATE && !readers.isEmpty() && needs + readers.size() <= MOST_NEEDS) {
                items.put(share, readers);
                needs += readers.size();
            }
        }
        return items;
    }

    /** How many state items with readers have no table. */
    int left() {
        return (int) judged.plan().items().stream()
                        .filter(share -> share.kind() == ItemKind.STATE
                                && !judged.plan().needsOf(share.id()).isEmpty())
                        .count()
                - items().size();
    }

    String json() {
        StringJoiner items = new StringJoiner(",\n", "[\n", "\n]");
        items().forEach((share, readers) -> items.add(item(share, readers)));
        StringJoiner sliders = new StringJoiner(",", "[", "]");
        STEPS.forEach(
                (input, steps) -> sliders.add("{\"input\":" + Json.text(name(input)) + ",\"steps\":" + steps + "}"));
        StringJoiner found = new StringJoiner(",", "[", "]");
        outcomes.keySet().forEach(found::add);
        return "{\"sliders\":" + sliders + ",\"outcomes\":" + found + ",\"items\":" + items + "}";
    }

    private String item(Share share, List<Decision> readers) {
        StringJoiner needs = new StringJoiner(",", "[", "]");
        for (Decision reader : readers) {
            needs.add("{\"reader\":" + Json.text(reader.reader()) + ",\"reads\":" + Json.text(reads(reader.need()))
                    + ",\"table\":" + Json.text(table(reader)) + "}");
        }
        Map<String, String> now = new LinkedHashMap<>();
        now.put("changes", shown(share.volume().changes(), "assumed 1/s"));
        now.put("keys", shown(share.volume().keys(), "assumed 10000"));
        now.put("size", shown(share.volume().size(), "assumed 300B"));
        StringJoiner numbers = new StringJoiner(",", "{", "}");
        now.forEach((name, value) -> numbers.add(Json.text(name) + ":" + Json.text(value)));
        return "{\"item\":" + Json.text(share.id().toString()) + ",\"now\":" + numbers + ",\"needs\":" + needs + "}";
    }

    private static String shown(@Nullable Quantity declared, String assumed) {
        return declared == null ? assumed : declared.text();
    }

    private static String reads(Need need) {
        return shown(need.load().reads(), "assumed 10/s");
    }

    private String table(Decision decision) {
        StringBuilder table = new StringBuilder();
        fill(decision, new ArrayList<>(STEPS.keySet()), new EnumMap<>(Input.class), table);
        return table.toString();
    }

    private void fill(Decision decision, List<Input> open, Map<Input, Double> factors, StringBuilder table) {
        if (open.isEmpty()) {
            String outcome = varied(decision, factors).map(WhatIf::outcome).orElse("{\"verdict\":\"nothing fits\"}");
            outcomes.putIfAbsent(outcome, outcomes.size());
            table.append((char) (FIRST_LETTER + outcomes.getOrDefault(outcome, 0)));
            return;
        }
        for (double factor : STEPS.getOrDefault(open.getFirst(), List.of())) {
            factors.put(open.getFirst(), factor);
            fill(decision, open.subList(1, open.size()), factors, table);
        }
    }

    private Optional<Decision> varied(Decision decision, Map<Input, Double> factors) {
        Need need = decision.need();
        Share share = judged.plan().item(decision.item()).orElseThrow();
        Volume volume = new Volume(
                times(share.volume().keys(), Defaults.KEYS, factors.get(Input.KEYS)),
                times(share.volume().size(), Defaults.SIZE, factors.get(Input.SIZE)),
                times(share.volume().changes(), Defaults.CHANGES, factors.get(Input.CHANGES)));
        Need.Load load = new Need.Load(
                times(need.load().reads(), Defaults.READS, factors.get(Input.READS)),
                need.load().perRequest(),
                need.load().hot(),
                need.load().by());
        return judged.decisions().vary(share.with(volume), need.with(load));
    }

    /** What the plan does not say stays unsaid while it is not varied. */
    private static @Nullable Quantity times(@Nullable Quantity declared, Quantity assumed, @Nullable Double factor) {
        if (factor == null || factor == 1) {
            return declared;
        }
        return (declared == null ? assumed : declared).times(factor);
    }

    private static String outcome(Decision decision) {
        Gate gate = decision.grounds().gate();
        return "{\"scenario\":" + Json.text(decision.scenario().word()) + ",\"verdict\":"
                + Json.text(Wording.verdict(decision)) + ",\"why\":"
                + Json.text(gate == null ? "cost" : gate.name() + ": " + gate.words()) + ",\"confidence\":"
                + Json.text(Words.of(decision.confidence())) + "}";
    }

    private static String name(Input input) {
        return Words.of(input);
    }
}
