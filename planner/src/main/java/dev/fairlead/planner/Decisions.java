package dev.fairlead.planner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One decision for each need of a plan, and what there is to say about the plan as it was decided.
 *
 * <p>A need that no mechanism of the landscape can carry has no decision, and a finding instead.
 */
public final class Decisions {
    private final List<Decision> list;
    private final Map<ItemId, List<Decision>> byItem = new HashMap<>();
    private final Ceilings ceilings;
    private final List<Finding> findings;
    private final Decider decider;

    Decisions(List<Decision> list, Ceilings ceilings, List<Finding> findings, Decider decider) {
        this.decider = decider;
        this.list = List.copyOf(list);
        this.ceilings = ceilings;
        this.findings = List.copyOf(findings);
        for (Decision each : list) {
            byItem.computeIfAbsent(each.item(), item -> new ArrayList<>()).add(each);
        }
    }

    /** Decides all needs of a plan; the same plan gives the same decisions. */
    public static Decisions decide(Plan plan) {
        return new Decider(plan).decide();
    }

    /**
     * What one need of the plan would be decided as, had the item and the need these numbers; all other needs, and what the reader can
     * promise of its availability, are as they were decided.
     */
    public Optional<Decision> vary(Share share, Need need) {
        return decider.vary(share, need);
    }

    /** All decisions, by reader, and in the order of the reader's file. */
    public List<Decision> list() {
        return list;
    }

    /** The best that the plan can give as it was decided. */
    public Ceilings ceilings() {
        return ceilings;
    }

    /** What there is to say, by file, line and column; input errors among them stand for needs without a decision. */
    public List<Finding> findings() {
        return findings;
    }

    /** The decisions for all readers of an item, by reader. */
    public List<Decision> of(ItemId item) {
        return List.copyOf(byItem.getOrDefault(item, List.of()));
    }

    /** The decision for one reader's need of one item, if there is such a need and something can carry it. */
    public Optional<Decision> of(ItemId item, String reader) {
        return byItem.getOrDefault(item, List.of()).stream()
                .filter(each -> each.reader().equals(reader))
                .findFirst();
    }
}
