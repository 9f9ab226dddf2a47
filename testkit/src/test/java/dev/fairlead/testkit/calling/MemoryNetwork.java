package dev.fairlead.testkit.calling;

import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.calling.CallTransport;
import dev.fairlead.spi.calling.Presence;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Letter boxes in memory, with a post that loses, doubles, delays and exchanges messages as it is told. */
final class MemoryNetwork implements AutoCloseable {
    private static final byte TURNED_AWAY = 6;

    private final Map<String, CallTransport.Inbox> boxes = new ConcurrentHashMap<>();
    private final Map<String, List<Presence>> present = new ConcurrentHashMap<>();
    private final ScheduledExecutorService carriers = Executors.newScheduledThreadPool(2);
    private final Set<String> turnedAway = ConcurrentHashMap.newKeySet();
    private final AtomicInteger onTheWay = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();
    private final Random random;
    private volatile Faults faults = Faults.NONE;
    private volatile Predicate<String> refuses = address -> false;
    private volatile boolean away;
    private volatile boolean frozen;

    /**
     * How badly messages are carried.
     *
     * @param lost how many of 100 never arrive
     * @param doubled how many of 100 arrive twice
     * @param latestMillis how late they are at most, each by itself, so that later ones come before earlier ones; 0 keeps the order
     */
    record Faults(int lost, int doubled, int latestMillis) {
        static final Faults NONE = new Faults(0, 0, 0);
    }

    MemoryNetwork(long seed) {
        this.random = new Random(seed);
    }

    void faults(Faults worse) {
        faults = worse;
    }

    /** What is sent to these addresses surely never leaves. */
    void refuse(Predicate<String> addresses) {
        refuses = addresses;
    }

    /** What is announced from now on is not noted, so that who has gone is still listed. */
    void freezeList() {
        frozen = true;
    }

    void away(boolean gone) {
        away = gone;
    }

    CallTransport open(CallTransport.Inbox inbox) {
        checkThere();
        Member member = new Member("box-" + count.incrementAndGet());
        boxes.put(member.address(), inbox);
        return member;
    }

    private void checkThere() {
        if (away) {
            throw new FairleadException(ErrorCode.UNREACHABLE, "the network is away");
        }
    }

    /** Nothing reaches or leaves the opening any more, as when its process is killed. */
    void cut(String address) {
        boxes.remove(address);
    }

    /** The announcements of the opening have run out. */
    void expire(String address) {
        present.remove(address);
    }

    /** What nobody of ours sent. */
    void deliver(String address, byte[] message) {
        CallTransport.Inbox inbox = boxes.get(address);
        if (inbox != null) {
            inbox.receive(message);
        }
    }

    private void carry(String address, byte[] message) {
        if (message[1] == TURNED_AWAY) {
            turnedAway.add(address);
        }
        Faults now = faults;
        boolean lost;
        boolean doubled;
        int late;
        int again;
        synchronized (random) {
            lost = random.nextInt(100) < now.lost();
            doubled = random.nextInt(100) < now.doubled();
            late = random.nextInt(now.latestMillis() + 1);
            again = random.nextInt(now.latestMillis() + 1);
        }
        if (!lost) {
            later(address, message, late);
        }
        if (doubled) {
            later(address, message, again);
        }
    }

    private void later(String address, byte[] message, int millis) {
        onTheWay.incrementAndGet();
        Runnable delivery = () -> {
            try {
                deliver(address, message);
            } finally {
                onTheWay.decrementAndGet();
            }
        };
        if (millis == 0) {
            carriers.execute(delivery);
        } else {
            carriers.schedule(delivery, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** How many askers were turned away for lack of room, which is what messages of this kind say. */
    int turnedAway() {
        return turnedAway.size();
    }

    /** Whether nothing is on its way. */
    boolean isQuiet() {
        return onTheWay.get() == 0;
    }

    void awaitQuiet() {
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(1)).until(this::isQuiet);
    }

    @Override
    public void close() {
        carriers.shutdownNow();
    }

    private final class Member implements CallTransport {
        private final String address;

        private Member(String address) {
            this.address = address;
        }

        @Override
        public String address() {
            return address;
        }

        @Override
        public void announce(List<Presence> all, Duration lease) {
            checkThere();
            if (boxes.containsKey(address) && !frozen) {
                present.put(address, all);
            }
        }

        @Override
        public CompletableFuture<Collection<Presence>> find(String item) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        checkThere();
                        return present.values().stream()
                                .flatMap(List::stream)
                                .filter(presence -> presence.item().equals(item))
                                .toList();
                    },
                    carriers);
        }

        @Override
        public CompletableFuture<?> send(String to, byte[] message, Duration keep) {
            if (refuses.test(to)) {
                return CompletableFuture.failedFuture(
                        new FairleadException(ErrorCode.UNREACHABLE, "it never left for " + to));
            }
            if (boxes.containsKey(address)) {
                carry(to, message);
            }
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public void close() {
            present.remove(address);
            boxes.remove(address);
        }
    }
}
