package dev.fairlead.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One decision for each need of a plan, and what there is to say about the plan as it was decided.
 *
 * <p>Decided by a simple rule for now: a state item is fed, an event is followed, a request is asked. The costs are reckoned and
 * shown, but not weighed.
 *
 * @param list by reader, in the order of the readers' files
 * @param findings by file, line and column
 */
public record Decisions(List<Decision> list, List<Finding> findings) {
    private static final String SIMPLE = "decided by the item's kind alone; the costs are shown but not weighed yet";

    public Decisions {
        list = List.copyOf(list);
        findings = List.copyOf(findings);
    }

    /** Decides all needs of a plan; the same plan gives the same decisions. */
    public static Decisions decide(Plan plan) {
        Findings findings = new Findings();
        List<Decision> decisions = new ArrayList<>();
        for (Need need : plan.needs()) {
            decide(plan, need).ifPresent(decision -> {
                decisions.add(decision);
                StructureRules.check(plan, decision, findings);
            });
        }
        plan.items().forEach(share -> StructureRules.checkUse(plan, share, findings));
        return new Decisions(decisions, findings.sorted());
    }

    /** The decision for one reader's need of one item, if there is such a need. */
    public Optional<Decision> of(ItemId item, String reader) {
        return list.stream()
                .filter(each -> each.item().equals(item) && each.reader().equals(reader))
                .findFirst();
    }

    private static Optional<Decision> decide(Plan plan, Need need) {
        Share share =
                plan.item(need.item()).orElseThrow(() -> new IllegalStateException("a plan has every needed item"));
        ServicePlan reader =
                plan.service(need.reader()).orElseThrow(() -> new IllegalStateException("a plan has every reader"));
        Inputs inputs = new Inputs(share, need, reader, plan.landscape());
        return MechanismChoice.choose(need, plan.landscape())
                .map(mechanism -> new Decision(
                        need,
                        scenario(share.kind()),
                        mechanism,
                        grounds(share, need, mechanism, plan.landscape()),
                        inputs.assumptions(),
                        Decision.Confidence.LOW,
                        inputs.cost()));
    }

    private static Scenario scenario(ItemKind kind) {
        return switch (kind) {
            case STATE -> Scenario.FEED;
            case EVENT -> Scenario.EVENTS;
            case REQUEST -> Scenario.REQUEST;
        };
    }

    private static Decision.Grounds grounds(Share share, Need need, String mechanism, Landscape landscape) {
        List<String> reasons = new ArrayList<>();
        reasons.add(reason(share.kind()));
        reasons.add(SIMPLE);
        Need.Pin pin = need.pin();
        reasons.add(pin == null ? chosen(mechanism, landscape) : "pinned to " + mechanism + ": " + pin.because());
        Gate gate = share.kind() == ItemKind.EVENT ? Gate.G4 : null;
        return new Decision.Grounds(reasons, gate, List.of(rejected(share.kind(), mechanism)), List.of());
    }

    private static String chosen(String mechanism, Landscape landscape) {
        return landscape.mechanisms().size() == 1
                ? mechanism + " is the only mechanism that the landscape offers"
                : mechanism + " is taken because it needs no server; the others are not weighed yet";
    }

    private static String reason(ItemKind kind) {
        return switch (kind) {
            case STATE -> "a state item: the reader holds a copy that follows the owner";
            case EVENT -> "an event: every one matters, not only the last, so the reader follows the log";
            case REQUEST -> "a request: the reader asks the owner";
        };
    }

    private static Decision.Rejected rejected(ItemKind kind, String mechanism) {
        return switch (kind) {
            case STATE ->
                new Decision.Rejected(
                        Scenario.REQUEST,
                        mechanism,
                        "not weighed yet: asking would tie the reader to the owner's uptime");
            case EVENT ->
                new Decision.Rejected(
                        Scenario.FEED,
                        mechanism,
                        "a feed keeps the last value per key and would lose what came before");
            case REQUEST ->
                new Decision.Rejected(Scenario.FEED, mechanism, "an answer to a question is not a value to copy");
        };
    }
}
