package dev.fairlead.planner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers behind one decision, with a note for each that the plan does not give as one number. */
final class Inputs {
    private final List<Assumption> assumptions = new ArrayList<>();
    private final ItemKind kind;
    private final double keys;
    private final double size;
    private final double changes;
    private final double reads;
    private final double within;
    private final double instances;
    private final double hot;
    private final double messageOverhead;

    Inputs(Share share, Need need, ServicePlan reader, Landscape landscape) {
        Volume volume = share.volume();
        Need.Load load = need.load();
        kind = share.kind();
        boolean isState = kind == ItemKind.STATE;
        boolean isRead = kind != ItemKind.EVENT;
        boolean isPushed = kind != ItemKind.REQUEST;
        keys = taken("keys", volume.keys(), Defaults.KEYS, isState);
        size = taken("size", volume.size(), Defaults.SIZE, true);
        changes = taken("changes", volume.changes(), Defaults.CHANGES, isPushed);
        reads = taken("reads", load.reads(), Defaults.READS, isRead);
        within = taken("within", quantity(need.within()), Defaults.WITHIN, isState);
        instances = taken("instances", reader.instances(), Defaults.INSTANCES, isState);
        hot = taken("hot", load.hot(), Defaults.HOT, isState);
        taken("per-request", load.perRequest(), Defaults.PER_REQUEST, isRead);
        if (share.content() instanceof Content.Request request && request.delivery() == Content.Delivery.ASKED) {
            taken("deadline", quantity(request.deadline()), Defaults.DEADLINE, true);
        }
        messageOverhead =
                taken("calls.messageOverhead", landscape.calls().messageOverhead(), Defaults.MESSAGE_OVERHEAD, isRead);
    }

    List<Assumption> assumptions() {
        return List.copyOf(assumptions);
    }

    /** What pushing, asking and holding a copy amount to, as far as the kind has them. */
    Decision.Cost cost() {
        return new Decision.Cost(
                switch (kind) {
                    case STATE ->
                        new CostFormulas(keys, size, changes, instances)
                                .withPull(reads, within, hot, messageOverhead)
                                .ofState();
                    case EVENT -> new CostFormulas(keys, size, changes, 1).ofEvents();
                    case REQUEST -> CostFormulas.ofRequests(reads, size, messageOverhead);
                });
    }

    private double taken(String input, @Nullable Quantity declared, Quantity assumed, boolean matters) {
        Quantity taken = declared == null ? assumed : declared;
        if (matters && declared == null) {
            assumptions.add(new Assumption(input, assumed.text(), "default"));
        } else if (matters && taken.isRange()) {
            assumptions.add(new Assumption(input, Figures.number(taken.middle()), "middle of " + taken.text()));
        } else if (matters && QuantityText.ORDINALS.containsKey(taken.text())) {
            assumptions.add(new Assumption(input, Figures.number(taken.middle()) + "/s", "the word " + taken.text()));
        }
        return taken.middle();
    }

    private static @Nullable Quantity quantity(@Nullable Duration duration) {
        return duration == null ? null : Quantity.of(duration.toNanos() / 1e9, duration.toString());
    }
}
