package dev.fairlead.planner;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.contracts.Field;
import dev.fairlead.planner.formulas.StateNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a need was decided as it was, and why not otherwise. */
final class Reasons {
    /** What is cheaper than one record in a second is cheap either way. */
    private static final double NEXT_TO_NOTHING = 1;

    private final NeedCase need;
    private final Verdict verdict;
    private final String mechanism;
    private final StateNumbers numbers;

    Reasons(NeedCase need, Verdict verdict, String mechanism) {
        this.need = need;
        this.verdict = verdict;
        this.mechanism = mechanism;
        this.numbers = need.inputs().numbers();
    }

    List<String> list() {
        List<String> reasons = new ArrayList<>();
        reasons.add(nature());
        if (need.share().kind() == ItemKind.STATE) {
            reasons.add(ground());
            addAsides(reasons);
        }
        reasons.add(carrier());
        Need.Pin pin = need.need().pin();
        if (pin != null) {
            reasons.add(
                    "pinned to " + (pin.scenario() == null ? "" : pin.scenario().word())
                            + (pin.scenario() != null && pin.mechanism() != null ? " on " : "")
                            + Objects.requireNonNullElse(pin.mechanism(), "") + ": " + pin.because());
            reasons.add(unpinned());
        }
        return reasons;
    }

    private String nature() {
        return switch (need.share().kind()) {
            case STATE ->
                verdict.scenario() == Scenario.FEED
                        ? "a state item: the reader holds a copy that follows the owner"
                        : "a state item: the reader looks single keys up in the owner's table";
            case EVENT -> "an event: every one matters, not only the last, so the reader follows the log";
            case REQUEST ->
                Waiting.isFor(need.share(), Scenario.REQUEST)
                        ? "a request: the reader asks the owner"
                        : "a request that is told: it is kept until the owner has handled it";
        };
    }

    private String ground() {
        return switch (verdict.ground()) {
            case CURRENT_VALUE -> "it must decide on the current value (within 0s), which only the owner has";
            case ERASURE ->
                "a copy would hold " + names(need.aboutPersons())
                        + ", data about persons, where no mechanism on offer can erase a key";
            case BUDGET -> budget();
            case SEARCH -> search();
            case OLD_VALUE ->
                "it serves an old value rather than none (when-stale: serve), and while the owner is away only a copy"
                        + " has one";
            case PROMISE -> promise();
            case PINNED, COST -> Costs.compared(numbers);
            case ONLY_WAY ->
                "no mechanism on offer can do it as "
                        + NeedCase.other(verdict.scenario()).word();
            case KIND, EVERY_CHANGE -> throw new IllegalStateException("a state item is not decided by its kind");
        };
    }

    private void addAsides(List<String> reasons) {
        boolean isGated = verdict.ground().gate() != null;
        Scenario cheaper = numbers.isFeedCheaper() ? Scenario.FEED : Scenario.REQUEST;
        if (isGated && cheaper != verdict.scenario()) {
            reasons.add("by cost alone it would be " + cheaper.word() + ": " + Costs.compared(numbers));
        }
        boolean isAsked = verdict.scenario() == Scenario.REQUEST && verdict.ground() != Ground.SEARCH;
        if (isAsked && need.isFoundOn(mechanism)) {
            reasons.add("what it looks up by fields is found in the owner's table on " + mechanism);
        }
        if (verdict.scenario() == Scenario.FEED) {
            if (numbers.pushCost() + numbers.pullCost() < NEXT_TO_NOTHING) {
                reasons.add("either way costs next to nothing; a snapshot now and then would do as well");
            } else if (numbers.isSnapshotSmaller() && numbers.conflation() == 0) {
                reasons.add(
                        "there are more changes than keys in the time that a value may be old: a reader that takes at"
                                + " most one change per key in it (conflate) would get less");
            }
            List<Field> leftOut = aboveClearance();
            if (!leftOut.isEmpty()) {
                reasons.add("the copy leaves out " + names(leftOut)
                        + (leftOut.size() == 1 ? ", which is" : ", which are") + " above the reader's clearance (G5)");
            }
        }
    }

    /** Fields that the reader does not use and may not see. */
    private List<Field> aboveClearance() {
        DataClass clearance = need.reader().clearance();
        List<String> used = need.need().usedNames();
        return need.share().content() instanceof Content.State state && !used.isEmpty()
                ? state.fields().list().stream()
                        .filter(field -> !used.contains(field.name()) && !clearance.reaches(field.highestClass()))
                        .toList()
                : List.of();
    }

    private String search() {
        String searched = "it looks values up by "
                + need.need().load().by().stream()
                        .map(each -> "`" + each.text() + "`")
                        .collect(Collectors.joining(", "))
                + " and not by the key alone";
        if (verdict.isOverBudget()) {
            return need.isFoundOn(mechanism)
                    ? searched + ", which the owner's table on " + mechanism + " finds, and " + budget()
                    : searched + ", for which it would need a copy, but " + budget();
        }
        return isFoundSomewhere()
                ? searched + ", and a copy is searched without asking"
                : searched + ", and only a copy can be searched";
    }

    /** Whether there is a mechanism at which the owner could be asked instead. */
    private boolean isFoundSomewhere() {
        return !need.unpinned().finding().isEmpty();
    }

    private String whyNotSearchedThere() {
        if (verdict.isOverBudget()) {
            return budget();
        }
        return isFoundSomewhere()
                ? "what a search at the owner costs is not known (pin scenario: request to have it so)"
                : "the owner can be asked for a value by its key only";
    }

    private String budget() {
        return need.exceedsMemory(numbers)
                ? "a copy takes " + Figures.bytes(numbers.copyBytes())
                        + " of memory in each instance, and the budget is "
                        + Objects.requireNonNull(need.landscape().budgets().copyMemory())
                : "a copy takes " + Figures.number(numbers.loadingSeconds()) + " s to load, and the budget is "
                        + Words.of(Objects.requireNonNull(
                                need.landscape().budgets().bootstrap()));
    }

    private String promise() {
        return "it promises " + Words.percent(Promises.of(need.reader())) + ", and those that it would ask reach "
                + Words.percent(Objects.requireNonNull(need.attainable())) + " together: a copy does not wait for them";
    }

    private String carrier() {
        List<MechanismAbility> offered = need.carriers().offered();
        if (offered.size() == 1) {
            return mechanism + " is the only mechanism that the landscape offers";
        }
        List<MechanismAbility> fitting = need.fitting(verdict.scenario());
        if (fitting.size() == 1) {
            Need.Pin pin = need.need().pin();
            return pin != null && pin.mechanism() != null
                    ? mechanism + " can do it"
                    : mechanism + " is the only mechanism on offer for it";
        }
        String first = fitting.getFirst().name();
        if (first.equals(mechanism)) {
            return mechanism + " is the first in the landscape that can do it";
        }
        return findsMoreThan(first)
                ? mechanism + " can do it, and finds values by fields"
                : mechanism + " can do it, and serves more of the item's readers";
    }

    /** Whether the reader asks for values by fields, and the other mechanism finds by key only. */
    private boolean findsMoreThan(String other) {
        return verdict.scenario() == Scenario.REQUEST && need.isFoundOn(mechanism) && !need.isFoundOn(other);
    }

    private String unpinned() {
        Optional<Verdict> other = need.unpinned().verdict();
        return other.map(free -> "without the pin: " + free.scenario().word() + " on "
                        + need.carriers()
                                .chooseUnpinned(need, verdict.scenario(), free.scenario())
                                .name()
                        + (free.scenario() == verdict.scenario() ? "" : "; " + Costs.compared(numbers)))
                .orElse("without the pin nothing on offer could carry it");
    }

    List<Decision.Rejected> rejected() {
        List<Decision.Rejected> rejected = new ArrayList<>();
        switch (need.share().kind()) {
            case STATE -> otherWay(rejected);
            case EVENT ->
                rejected.add(new Decision.Rejected(
                        Scenario.FEED,
                        mechanism,
                        "a feed keeps the last value per key and would lose what came before"));
            case REQUEST ->
                rejected.add(new Decision.Rejected(
                        Scenario.FEED, mechanism, "an answer to a question is not a value to copy"));
        }
        otherMechanisms(rejected);
        return rejected;
    }

    private void otherWay(List<Decision.Rejected> rejected) {
        Scenario other = NeedCase.other(verdict.scenario());
        NeedCase free = need.unpinned();
        if (free.fitting(other).isEmpty()) {
            Demand demand = Demand.of(need.share(), need.need(), other);
            need.carriers()
                    .offered()
                    .forEach(each -> rejected.add(new Decision.Rejected(
                            other,
                            each.name(),
                            each.name() + " " + demand.lack(each).orElse("is not pinned"))));
        } else {
            rejected.add(new Decision.Rejected(
                    other,
                    need.carriers()
                            .chooseUnpinned(need, verdict.scenario(), other)
                            .name(),
                    whyNot()));
        }
    }

    private String whyNot() {
        return switch (verdict.ground()) {
            case CURRENT_VALUE -> "a copy is always a little behind its owner";
            case ERASURE -> "what a copy holds about persons could not be erased";
            case BUDGET -> budget();
            case SEARCH -> whyNotSearchedThere();
            case OLD_VALUE -> "while the owner is away there would be nothing to serve";
            case PROMISE -> promise();
            case PINNED -> "the plan pins " + verdict.scenario().word();
            case ONLY_WAY -> "the plan pins " + mechanism + ", which cannot do it";
            case COST, KIND, EVERY_CHANGE ->
                Costs.dearer(numbers, verdict.scenario() == Scenario.FEED ? "asking" : "pushing");
        };
    }

    private void otherMechanisms(List<Decision.Rejected> rejected) {
        Demand demand = Demand.of(need.share(), need.need(), verdict.scenario());
        for (MechanismAbility each : need.carriers().offered()) {
            if (!each.name().equals(mechanism)) {
                rejected.add(new Decision.Rejected(
                        verdict.scenario(), each.name(), demand.lack(each).orElseGet(() -> whyNotAsWell(each.name()))));
            }
        }
    }

    private String whyNotAsWell(String other) {
        Need.Pin pin = need.need().pin();
        if (pin != null && pin.mechanism() != null) {
            return "the plan pins " + mechanism;
        }
        return findsMoreThan(other)
                ? "finds a value by its key only"
                : "can do it as well; " + mechanism + " goes before it";
    }

    private static String names(List<Field> fields) {
        return fields.stream().map(Field::name).collect(Collectors.joining(", "));
    }
}
