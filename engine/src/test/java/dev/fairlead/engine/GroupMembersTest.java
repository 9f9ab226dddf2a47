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
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From three to eight members of one group, each a process, come, leave, are killed and are stopped, one change after the other as soon as
 * events flow again. The member that came last follows; each that it replaces says so by itself, stands by, and follows again when its
 * successors are dead.
 */
@Tag("slow")
@Timeout(300)
class GroupMembersTest {
    private static final int FEWEST = 3;
    private static final int MOST = 8;

    /** A minute has as many changes when one comes every two to five seconds. */
    private static final int CHANGES = 20;

    private static final int LEAST = 5000;
    private static final long SEED = 15;
    private static final long APART = 1_000_000;
    private static final int MORE = 20;

    @TempDir
    Path folder;

    private final SoldHistory history = new SoldHistory();
    private final List<HeardChild> members = new ArrayList<>();
    private final Random random = new Random(SEED);
    private volatile boolean over;

    private enum Change {
        ANOTHER_COMES,
        TWO_COME_AT_ONCE,
        ONE_LEAVES,
        ONE_DIES,
        THE_LAST_LEAVES,
        THE_LAST_DIES,
        THE_LAST_IS_STOPPED_FOR_A_WHILE,
        THE_LAST_TWO_DIE_AND_ONE_COMES_LATE;

        /** How many members there are more, or fewer, after it. */
        int more() {
            return switch (this) {
                case ANOTHER_COMES, THE_LAST_IS_STOPPED_FOR_A_WHILE -> 1;
                case TWO_COME_AT_ONCE -> 2;
                case ONE_LEAVES, ONE_DIES, THE_LAST_TWO_DIE_AND_ONE_COMES_LATE -> -1;
                case THE_LAST_LEAVES, THE_LAST_DIES -> 0;
            };
        }
    }

    @AfterEach
    void end() {
        over = true;
        members.forEach(HeardChild::close);
    }

    @Test
    void nothingIsLostOrDoneTwiceOrOutOfOrderWhileMembersComeAndGo() throws Exception {
        try (ServedShop shop = new ServedShop(folder)) {
            InboxChild.createTable(shop.database());
            Events<String, Sale> sales = shop.events("checkout");
            Thread selling = Thread.ofPlatform().daemon().start(() -> sell(sales));
            for (int i = 0; i < FEWEST; i++) {
                comes(shop);
            }
            int most = 0;
            for (Change change : changes()) {
                change(change, shop);
                awaitMoreShipped();
                most = Math.max(most, members.size());
            }
            assertThat(most).isEqualTo(MOST);
            for (HeardChild member : members) {
                member.kill();
            }
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

    /** Each change at least twice, but for the silence, which takes long; in a random order that keeps within the numbers of members. */
    private List<Change> changes() {
        while (true) {
            List<Change> changes = new ArrayList<>(List.of(Change.values()));
            while (changes.size() < CHANGES) {
                Change[] others = Change.values();
                changes.add(others[changes.size() % (others.length - 1)]);
            }
            Collections.shuffle(changes, random);
            int count = FEWEST;
            int most = count;
            boolean within = true;
            for (Change change : changes) {
                count += change.more();
                most = Math.max(most, count);
                within &= count >= FEWEST && count <= MOST;
            }
            if (within && most == MOST) {
                return changes;
            }
        }
    }

    /** Sells until it is over, and at least as much as a verdict needs. */
    private void sell(Events<String, Sale> sales) {
        for (int number = 0; !over || number < LEAST; number++) {
            history.sell(sales, "k" + number % InboxChild.KEYS, number);
            LockSupport.parkNanos(over ? 0 : APART);
        }
    }

    private int shipped() {
        return members.stream()
                .mapToInt(member -> member.said(InboxChild.SHIPPED))
                .sum();
    }

    private void awaitMoreShipped() {
        int before = shipped();
        await().atMost(HeardChild.PATIENCE).until(() -> shipped() >= before + MORE);
    }

    private HeardChild start(ServedShop shop) {
        HeardChild child = InboxChild.start(shop, Integer.MAX_VALUE);
        members.add(child);
        return child;
    }

    private void comes(ServedShop shop) {
        start(shop).awaitSaid(InboxChild.SHIPPED);
    }

    private static void leaves(HeardChild member) {
        member.tell();
        member.tell();
        member.awaitSaid(InboxChild.LEFT);
    }

    private HeardChild anyOfTheOthers() {
        return members.remove(random.nextInt(members.size() - 1));
    }

    private void change(Change change, ServedShop shop) throws InterruptedException {
        switch (change) {
            case ANOTHER_COMES -> comes(shop);
            case TWO_COME_AT_ONCE -> {
                HeardChild one = start(shop);
                HeardChild other = start(shop);
                one.await(() -> one.said(InboxChild.LOST) + other.said(InboxChild.LOST) > 0);
                if (other.said(InboxChild.LOST) > 0) {
                    Collections.swap(members, members.size() - 1, members.size() - 2);
                }
            }
            case ONE_LEAVES -> leaves(anyOfTheOthers());
            case ONE_DIES -> anyOfTheOthers().kill();
            case THE_LAST_LEAVES -> {
                leaves(members.removeLast());
                comes(shop);
            }
            case THE_LAST_DIES -> {
                members.removeLast().kill();
                comes(shop);
            }
            case THE_LAST_IS_STOPPED_FOR_A_WHILE -> {
                HeardChild stopped = members.getLast();
                int lost = stopped.said(InboxChild.LOST);
                stopped.pause();
                comes(shop);
                stopped.resume();
                stopped.await(() -> stopped.said(InboxChild.LOST) > lost);
            }
            case THE_LAST_TWO_DIE_AND_ONE_COMES_LATE -> {
                members.removeLast().kill();
                members.removeLast().kill();
                awaitMoreShipped(); // by those that stood by
                comes(shop);
            }
        }
    }
}
