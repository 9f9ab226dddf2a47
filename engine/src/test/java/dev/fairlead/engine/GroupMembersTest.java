package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Events;
import dev.fairlead.api.Following;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.testkit.history.Rule;
import dev.fairlead.testkit.history.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members of one group, each a process, come, leave, are killed and are stopped, while events flow. The member that came last follows; each
 * that it replaces says so by itself, stands by, and follows again when its successor is dead.
 */
@Tag("slow")
@Timeout(300)
class GroupMembersTest {
    private static final int ROUNDS = 2;
    private static final int LEAST = 5000;
    private static final long SEED = 15;
    private static final long APART = 1_000_000;

    @TempDir
    Path folder;

    private final SoldHistory history = new SoldHistory();
    private final List<HeardChild> started = new ArrayList<>();
    private final Map<HeardChild, Integer> lost = new HashMap<>();
    private volatile boolean over;

    private enum Change {
        ANOTHER_COMES,
        LEAVES,
        DIES,
        IS_STOPPED_FOR_A_WHILE,
        TWO_COME_AT_ONCE,
        DIES_WITH_ANOTHER_STANDING_BY
    }

    @AfterEach
    void end() {
        over = true;
        started.forEach(HeardChild::close);
    }

    @Test
    void nothingIsLostOrDoneTwiceOrOutOfOrderWhileMembersComeAndGo() throws Exception {
        try (ServedShop shop = new ServedShop(folder)) {
            InboxChild.createTable(shop.database());
            Events<String, Sale> sales = shop.events("checkout");
            Thread selling = Thread.ofPlatform().daemon().start(() -> sell(sales));
            HeardChild member = start(shop);
            for (Change change : changes()) {
                int before = member.said(InboxChild.SHIPPED);
                HeardChild working = member;
                working.await(() -> working.said(InboxChild.SHIPPED) > before);
                member = after(change, member, shop);
            }
            member.kill();
            over = true;
            selling.join();
            try (Following<String, Sale> last = InboxChild.follow(shop.events("shipping"), shop.database())) {
                await().atMost(HeardChild.PATIENCE)
                        .until(() -> last.status().done().equals(last.status().end()));
                Verdict verdict =
                        history.handled(folder.resolve("history"), sales, InboxChild.shipped(shop.database()), last);

                assertThat(last.parked()).isNotEmpty();
                assertThat(verdict.witnesses()).isEmpty();
                assertThat(verdict.judged()).contains(Rule.A1, Rule.A2, Rule.A5, Rule.A7, Rule.A10, Rule.A15);
                assertThat(verdict.valid(LEAST, 0)).isTrue();
            }
        }
    }

    /** Each change as often as the others, in a random order. */
    private static List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            changes.addAll(List.of(Change.values()));
            changes.remove(Change.DIES_WITH_ANOTHER_STANDING_BY); // takes as long as a silence
        }
        changes.add(Change.DIES_WITH_ANOTHER_STANDING_BY);
        Collections.shuffle(changes, new Random(SEED));
        return changes;
    }

    /** Sells until it is over, and at least as much as a verdict needs. */
    private void sell(Events<String, Sale> sales) {
        for (int number = 0; !over || number < LEAST; number++) {
            history.sell(sales, "k" + number % InboxChild.KEYS, number);
            LockSupport.parkNanos(over ? 0 : APART);
        }
    }

    private HeardChild start(ServedShop shop) {
        HeardChild child = InboxChild.start(shop, Integer.MAX_VALUE);
        started.add(child);
        return child;
    }

    /** A member that follows again loses the group more than once. */
    private void awaitLost(HeardChild member) {
        int before = lost.getOrDefault(member, 0);
        member.await(() -> member.said(InboxChild.LOST) > before);
        lost.put(member, before + 1);
    }

    /** The member that follows after the change. */
    private HeardChild after(Change change, HeardChild member, ServedShop shop) throws InterruptedException {
        switch (change) {
            case ANOTHER_COMES -> {
                HeardChild next = start(shop);
                awaitLost(member);
                member.kill();
                return next;
            }
            case LEAVES -> {
                member.tell();
                member.tell();
                member.awaitSaid(InboxChild.LEFT);
                return start(shop);
            }
            case DIES -> {
                member.kill();
                return start(shop);
            }
            case IS_STOPPED_FOR_A_WHILE -> {
                member.pause();
                HeardChild next = start(shop);
                next.awaitSaid(InboxChild.SHIPPED);
                member.resume();
                awaitLost(member);
                member.kill();
                return next;
            }
            case DIES_WITH_ANOTHER_STANDING_BY -> {
                HeardChild next = start(shop);
                awaitLost(member);
                next.awaitSaid(InboxChild.SHIPPED);
                int before = member.said(InboxChild.SHIPPED);
                next.kill();
                member.await(() -> member.said(InboxChild.SHIPPED) > before + 100);
                return member;
            }
            case TWO_COME_AT_ONCE -> {
                HeardChild one = start(shop);
                HeardChild other = start(shop);
                awaitLost(member);
                member.kill();
                one.await(() -> one.said(InboxChild.LOST) + other.said(InboxChild.LOST) > 0);
                HeardChild replaced = one.said(InboxChild.LOST) > 0 ? one : other;
                replaced.kill();
                return replaced == one ? other : one;
            }
        }
        throw new AssertionError(change);
    }
}
