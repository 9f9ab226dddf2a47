package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Place;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.ServicePlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Services that depend on each other in a circle.
 *
 * <p>Where all wait, no one of them can be started or released first: an error. Where some wait, a warning. Where nobody waits,
 * services tell each other what happened, which is a conversation and no fault.
 */
final class CycleRules {
    private final Structure structure;
    private final Judgements judgements;

    CycleRules(Structure structure, Judgements judgements) {
        this.structure = structure;
        this.judgements = judgements;
    }

    void check() {
        structure.asking().cycles().forEach(this::waiting);
        structure.reach().cycles().forEach(this::mixed);
        mutual();
    }

    private void waiting(List<String> members) {
        List<String> circle = circle(members, structure.asking());
        judgements.error(
                Rule.SYNC_CYCLE,
                place(circle),
                shown(circle) + " wait for each other's answers in a circle: when one fails, all do"
                        + " (turn one of these requests into a feed or an event)");
    }

    private void mixed(List<String> members) {
        boolean isWaiting = members.stream()
                .flatMap(member -> structure.ofReader(member).stream())
                .filter(each -> structure.reach().isOneCycle(each.reader(), each.owner()))
                .anyMatch(each -> each.isWaiting() && !isWaitingCircle(each));
        if (members.size() > 2 && isWaiting) {
            List<String> circle = circle(members, structure.reach());
            if (circle.size() > 2) {
                judgements.warning(
                        Rule.MIXED_CYCLE,
                        place(circle),
                        shown(circle) + " depend on each other in a circle, in which some wait"
                                + " (let one side hear of changes by events, or move what both need to one service)");
            }
        }
    }

    private boolean isWaitingCircle(Dependency each) {
        return structure.asking().isOneCycle(each.reader(), each.owner());
    }

    private void mutual() {
        for (ServicePlan service : structure.services()) {
            structure.firstsOf(service.name()).values().forEach(this::mutual);
        }
    }

    private void mutual(Dependency each) {
        if (each.reader().compareTo(each.owner()) < 0
                && structure.first(each.owner(), each.reader()).isPresent()
                && !isWaitingCircle(each)
                && (waits(each.reader(), each.owner()) || waits(each.owner(), each.reader()))) {
            judgements.warning(
                    Rule.MUTUAL_DEPENDENCY,
                    each.need().place(),
                    "`" + each.reader() + "` and `" + each.owner() + "` depend on each other, and one waits for the"
                            + " other (let the one that is asked send what the other needs, or make them one service)");
        }
    }

    private boolean waits(String reader, String owner) {
        return structure.ofReader(reader).stream().anyMatch(each -> each.owner().equals(owner) && each.isWaiting());
    }

    private Place place(List<String> circle) {
        return structure.place(circle.get(0), circle.get(1));
    }

    private static String shown(List<String> circle) {
        List<String> quoted =
                new ArrayList<>(circle.stream().map(each -> "`" + each + "`").toList());
        quoted.add(quoted.getFirst());
        return String.join(" -> ", quoted);
    }

    /** A shortest way from the first member back to itself. */
    private List<String> circle(List<String> members, Reach reach) {
        String start = members.getFirst();
        Map<String, String> before = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            String at = open.remove();
            for (Dependency each : structure.ofReader(at)) {
                boolean isInside = reach.isOneCycle(start, each.owner())
                        && (reach == structure.reach() || each.mode() == Edge.Mode.SYNC);
                if (isInside && each.owner().equals(start)) {
                    return way(start, at, before);
                }
                if (isInside && before.putIfAbsent(each.owner(), at) == null) {
                    open.add(each.owner());
                }
            }
        }
        return members;
    }

    private static List<String> way(String start, String last, Map<String, String> before) {
        List<String> way = new ArrayList<>();
        for (String at = last; !at.equals(start); at = before.getOrDefault(at, start)) {
            way.addFirst(at);
        }
        way.addFirst(start);
        return way;
    }
}
