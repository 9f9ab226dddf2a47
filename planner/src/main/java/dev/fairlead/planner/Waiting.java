package dev.fairlead.planner;

/** Whether a reader stands still while the owner is away. */
public final class Waiting {
    private Waiting() {}

    /** Whether the reader waits for the owner's answer; it does not for what is copied, followed or told. */
    public static boolean isFor(Share share, Scenario scenario) {
        boolean isTold =
                share.content() instanceof Content.Request request && request.delivery() == Content.Delivery.GUARANTEED;
        return scenario == Scenario.REQUEST && !isTold;
    }

    /** Whether the plan declares that an old answer will do: what the reader's cache still has is served then. */
    public static boolean hasFallback(Need need, Share share) {
        return share.kind() == ItemKind.STATE && need.whenStale() == WhenStale.SERVE;
    }
}
