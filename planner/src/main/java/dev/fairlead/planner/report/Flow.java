package dev.fairlead.planner.report;

import dev.fairlead.planner.Decision;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.coupling.JudgedPlan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One way in which an item flows to a reader, as pictures show it.
 *
 * @param sort the scenario's word, or {@code direct} where the reader looks into the owner's database
 */
record Flow(ItemId item, String reader, String sort) {

    /** All flows, in the order of the decisions. */
    static List<Flow> of(JudgedPlan judged) {
        Set<Flow> flows = new LinkedHashSet<>();
        judged.decisions().list().forEach(each -> flows.add(new Flow(each.item(), each.reader(), sort(each))));
        return List.copyOf(flows);
    }

    static String sort(Decision decision) {
        return decision.need().direct() == null ? decision.scenario().word() : "direct";
    }

    String owner() {
        return item.owner();
    }
}
