package dev.fairlead.engine;

import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handler;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.time.Duration;

/** A process that follows the sales until it is killed, and says the offset of each event that it has handled. */
final class FollowingChild {
    static final int BAD = 29;

    private FollowingChild() {}

    @SuppressWarnings("resource") // it ends by being killed
    public static void main(String[] args) {
        Fairlead shipping = SalePlan.open("shipping", Path.of(args[0]), TimeSource.SYSTEM);
        ParentJvm.sayReady();
        shipping.events(SalePlan.SALES)
                .follow(
                        "labels",
                        Handler.effect(happened -> {
                            if (((SalePlan.ItemAdded) happened.event()).quantity() % BAD == 3) {
                                throw new IllegalStateException("bad number");
                            }
                            ParentJvm.say(String.valueOf(happened.position().offset()));
                        }),
                        new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30)));
        ParentJvm.awaitWord();
    }
}
