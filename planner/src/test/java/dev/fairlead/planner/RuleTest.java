package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RuleTest {

    @Test
    void keepsTheNamesThatScriptsRelyOn() {
        assertThat(Arrays.stream(Rule.values()).map(Rule::id))
                .contains(
                        "syntax",
                        "unknown-key",
                        "bad-quantity",
                        "duplicate-service",
                        "two-owners",
                        "unknown-item",
                        "unknown-field",
                        "own-item-needed",
                        "pin-without-because",
                        "no-fitting-mechanism",
                        "class-above-clearance",
                        "freshness-unmet",
                        "copy-over-budget",
                        "unused-item",
                        "field-removed",
                        "field-required",
                        "type-changed",
                        "enum-narrowed",
                        "enum-widened",
                        "key-changed",
                        "meaning-changed",
                        "name-reused",
                        "item-removed",
                        "event-removed",
                        "deadline-shortened",
                        "field-added",
                        "field-removed-unused");
    }
}
