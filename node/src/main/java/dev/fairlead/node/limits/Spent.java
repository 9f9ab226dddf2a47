package dev.fairlead.node.limits;

import dev.fairlead.planner.OutsideView;

/**
 * What is left of an allowance after a call.
 *
 * @param name of the allowance
 * @param remaining calls that could come at once
 * @param resetSeconds until there is more, rounded up
 */
public record Spent(String name, OutsideView.Allowance allowance, long remaining, long resetSeconds) {}
