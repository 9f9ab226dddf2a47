package dev.fairlead.planner;

/** How an item reaches a reader, and what decided that. */
record Verdict(Scenario scenario, Ground ground) {

    /** Whether it would be a copy if that fitted the budgets. */
    boolean isOverBudget() {
        return ground == Ground.BUDGET || (ground == Ground.SEARCH && scenario == Scenario.REQUEST);
    }
}
