package dev.fairlead.planner;

import dev.fairlead.planner.formulas.StateNumbers;

/** Says in words what pushing and asking cost. */
final class Costs {
    private Costs() {}

    static String compared(StateNumbers numbers) {
        String push = "pushing " + Figures.number(numbers.passedChanges()) + " changes/s to "
                + Figures.number(numbers.instances()) + (numbers.instances() == 1 ? " instance" : " instances")
                + " costs " + Figures.number(numbers.pushCost());
        String pull =
                "asking " + Figures.number(numbers.calls()) + " times/s costs " + Figures.number(numbers.pullCost());
        return numbers.isFeedCheaper() ? push + ", " + pull + times(numbers) : pull + ", " + push + times(numbers);
    }

    static String dearer(StateNumbers numbers, String way) {
        double cost = way.equals("asking") ? numbers.pullCost() : numbers.pushCost();
        return way + " costs " + Figures.number(cost) + times(numbers);
    }

    private static String times(StateNumbers numbers) {
        double margin = numbers.margin();
        return margin == 1
                ? ": the same"
                : Double.isFinite(margin) ? ": " + Figures.number(margin) + " times as much" : ", and that nothing";
    }
}
