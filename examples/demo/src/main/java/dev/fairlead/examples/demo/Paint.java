package dev.fairlead.examples.demo;

import dev.fairlead.api.HealthState;

/** Puts colours on texts, or does not. */
public enum Paint {
    COLOURS,
    NONE;

    public String bold(String text) {
        return with("1", text);
    }

    public String dim(String text) {
        return with("2", text);
    }

    public String good(String text) {
        return with("32", text);
    }

    public String bad(String text) {
        return with("31;1", text);
    }

    public String health(HealthState state, String text) {
        return switch (state) {
            case LIVE -> good(text);
            case LOADING -> with("36", text);
            case LATE -> with("33", text);
            case GAP -> with("35;1", text);
            case STALE -> bad(text);
        };
    }

    private String with(String code, String text) {
        return this == NONE ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
