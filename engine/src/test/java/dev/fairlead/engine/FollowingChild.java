package dev.fairlead.engine;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A process that follows the sales until it is killed, and says the offset of each event that it has handled. */
final class FollowingChild {
    private static final int BAD = 29;

    private FollowingChild() {}

    @SuppressWarnings("resource") // it ends by being killed
    public static void main(String[] args) {
        Fairlead shipping = SalePlan.open("shipping", Path.of(args[0]), TimeSource.SYSTEM);
        ParentJvm.sayReady();
        follow(
                shipping.events(SalePlan.SALES),
                happened -> ParentJvm.say(String.valueOf(happened.position().offset())));
        ParentJvm.awaitWord();
    }

    /** Some sales cannot be handled. */
    static Following<String, Sale> follow(Events<String, Sale> sales, Consumer<EventRecord<String, Sale>> handled) {
        return sales.follow(
                "labels",
                Handler.effect(happened -> {
                    if (((ItemAdded) happened.event()).quantity() % BAD == 3) {
                        throw new IllegalStateException("bad number");
                    }
                    handled.accept(happened);
                }),
                new FailurePolicy(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30)));
    }
}
