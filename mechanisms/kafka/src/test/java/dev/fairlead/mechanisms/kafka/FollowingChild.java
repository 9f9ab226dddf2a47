package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FollowStatus;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A member of a group, in a process that is killed or stopped: handles so many events, and holds what comes then. */
final class FollowingChild {
    static final String GROUP = "count";
    static final String REPLACED = "replaced";

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private FollowingChild() {}

    public static void main(String[] arguments) {
        int most = Integer.parseInt(arguments[1]);
        AtomicInteger handled = new AtomicInteger();
        Fairlead billing = Fairlead.open("billing", Path.of(arguments[0]));
        Following<String, Visits.Visit> following = billing.events(Visits.ITEM).follow(GROUP, Handler.effect(event -> {
            if (handled.incrementAndGet() > most) {
                NEVER.await();
            }
            ParentJvm.say(said(event));
        }));
        Awaitility.await().forever().until(() -> following.status().state() == FollowStatus.State.REPLACED);
        ParentJvm.say(REPLACED);
        ParentJvm.awaitWord();
        System.exit(0);
    }

    /** How a member says what it has handled. */
    static String said(EventRecord<String, Visits.Visit> event) {
        return event.key() + " " + event.version();
    }
}
