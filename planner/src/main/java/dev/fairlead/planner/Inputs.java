package dev.fairlead.planner;

import dev.fairlead.planner.formulas.StateNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers behind one decision, with a note for each that the plan does not give as one number. */
final class Inputs {
    private final List<Assumption> assumptions = new ArrayList<>();
    private final Map<StateNumbers.Input, Quantity> ranges = new EnumMap<>(StateNumbers.Input.class);
    private final ItemKind kind;
    private final double perRequest;
    private final StateNumbers numbers;

    Inputs(Share share, Need need, ServicePlan reader, Landscape landscape) {
        Volume volume = share.volume();
        Need.Load load = need.load();
        kind = share.kind();
        boolean isState = kind == ItemKind.STATE;
        boolean isRead = kind != ItemKind.EVENT;
        Quantity keys = taken("keys", volume.keys(), Defaults.KEYS, isState);
        Quantity size = taken("size", volume.size(), Defaults.SIZE, true);
        Quantity changes = taken("changes", volume.changes(), Defaults.CHANGES, kind != ItemKind.REQUEST);
        Quantity reads = taken("reads", load.reads(), Defaults.READS, isRead);
        Quantity within = taken("within", quantity(need.within()), Defaults.WITHIN, isState);
        Quantity instances = taken("instances", reader.instances(), Defaults.INSTANCES, isState);
        Quantity hot = taken("hot", load.hot(), Defaults.HOT, isState);
        perRequest = taken("per-request", load.perRequest(), Defaults.PER_REQUEST, isRead)
                .middle();
        if (share.content() instanceof Content.Request request && request.delivery() == Content.Delivery.ASKED) {
            taken("deadline", quantity(request.deadline()), Defaults.DEADLINE, true);
        }
        note(StateNumbers.Input.KEYS, keys);
        note(StateNumbers.Input.SIZE, size);
        note(StateNumbers.Input.CHANGES, changes);
        note(StateNumbers.Input.READS, reads);
        note(StateNumbers.Input.INSTANCES, instances);
        note(StateNumbers.Input.HOT, hot);
        Duration conflate = need.conflate();
        numbers = new StateNumbers(
                keys.middle(),
                size.middle(),
                changes.middle(),
                reads.middle(),
                within.middle(),
                instances.middle(),
                hot.middle(),
                conflate == null ? 0 : seconds(conflate),
                weights(landscape, isRead, isState));
    }

    private StateNumbers.Weights weights(Landscape landscape, boolean isRead, boolean isState) {
        Landscape.Costs costs = landscape.costs();
        return new StateNumbers.Weights(
                taken("costs.push", costs.push(), Defaults.PUSH, isState).middle(),
                taken("costs.pull", costs.pull(), Defaults.PULL, isState).middle(),
                Defaults.RECORD_OVERHEAD,
                taken("calls.messageOverhead", landscape.calls().messageOverhead(), Defaults.MESSAGE_OVERHEAD, isRead)
                        .middle(),
                Defaults.HEAP_FACTOR,
                Defaults.ENTRY_OVERHEAD,
                Defaults.LOADING_RATE);
    }

    List<Assumption> assumptions() {
        return List.copyOf(assumptions);
    }

    boolean isAssumed(String input) {
        return assumptions.stream().anyMatch(each -> each.input().equals(input));
    }

    /** Lookups for one request of a user. */
    double perRequest() {
        return perRequest;
    }

    /** The numbers to reckon with; of a range the middle. */
    StateNumbers numbers() {
        return numbers;
    }

    /** The numbers with every combination of the ends of what the plan gives as ranges; none when it gives no range. */
    List<StateNumbers> corners() {
        List<StateNumbers> corners = new ArrayList<>();
        for (Map.Entry<StateNumbers.Input, Quantity> each : ranges.entrySet()) {
            List<StateNumbers> sofar = corners.isEmpty() ? List.of(numbers) : List.copyOf(corners);
            corners.clear();
            for (StateNumbers corner : sofar) {
                corners.add(corner.with(each.getKey(), each.getValue().low()));
                corners.add(corner.with(each.getKey(), each.getValue().high()));
            }
        }
        return corners;
    }

    /** What pushing, asking and holding a copy amount to, as far as the kind has them. */
    Decision.Cost cost() {
        Map<String, Double> figures = new LinkedHashMap<>();
        switch (kind) {
            case STATE -> ofState(figures);
            case EVENT -> pushed(figures, numbers.changes());
            case REQUEST -> {
                figures.put("pullCallsPerSecond", numbers.reads());
                figures.put(
                        "pullBytesPerSecond",
                        numbers.reads() * (numbers.size() + numbers.weights().callOverhead()));
            }
        }
        return new Decision.Cost(figures);
    }

    private void pushed(Map<String, Double> figures, double records) {
        figures.put("pushRecordsPerSecond", records);
        figures.put(
                "pushBytesPerSecond",
                records * (numbers.size() + numbers.weights().recordOverhead()));
    }

    private void ofState(Map<String, Double> figures) {
        pushed(figures, numbers.pushedRecords());
        figures.put("pullCallsPerSecond", numbers.calls());
        figures.put("pullBytesPerSecond", numbers.callBytes());
        figures.put("memoryBytesPerInstance", numbers.copyBytes());
        figures.put("bootstrapSeconds", numbers.loadingSeconds());
        figures.put("hitShare", numbers.hitShare());
        figures.put("pushCost", numbers.pushCost());
        figures.put("pullCost", numbers.pullCost());
        if (Double.isFinite(numbers.margin())) {
            figures.put("margin", numbers.margin());
        }
    }

    private void note(StateNumbers.Input input, Quantity quantity) {
        if (quantity.isRange()) {
            ranges.put(input, quantity);
        }
    }

    private Quantity taken(String input, @Nullable Quantity declared, Quantity assumed, boolean matters) {
        Quantity taken = declared == null ? assumed : declared;
        if (matters && declared == null) {
            assumptions.add(new Assumption(input, assumed.text(), "default"));
        } else if (matters && taken.isRange()) {
            assumptions.add(new Assumption(input, Figures.number(taken.middle()), "middle of " + taken.text()));
        } else if (matters && QuantityText.ORDINALS.containsKey(taken.text())) {
            assumptions.add(new Assumption(input, Figures.number(taken.middle()) + "/s", "the word " + taken.text()));
        }
        return taken;
    }

    private static @Nullable Quantity quantity(@Nullable Duration duration) {
        return duration == null ? null : Quantity.of(seconds(duration), duration.toString());
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
