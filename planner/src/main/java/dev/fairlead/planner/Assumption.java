package dev.fairlead.planner;

/**
 * An input that the plan does not give as one number.
 *
 * @param input its key in the plan
 * @param value what was reckoned with
 * @param source where the value comes from
 */
public record Assumption(String input, String value, String source) {}
