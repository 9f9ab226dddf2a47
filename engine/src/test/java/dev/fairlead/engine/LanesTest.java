package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many keys at once, one thread for each at a time, in the order of the log. */
class LanesTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int AT_ONCE = 16;

    private final AtomicReference<Function<Lane, Next>> work = new AtomicReference<>();
    private final Lanes lanes = new Lanes("test", lane -> work.get().apply(lane), TimeSource.SYSTEM);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        lanes.close();
    }

    private static Taken record(String key, long offset) {
        byte[] none = {};
        return new Taken(new LogRecord(offset, key.getBytes(StandardCharsets.UTF_8), none, none), Taken.Run.LIVE);
    }

    private Next block(Lane lane) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Next.Done();
    }

    @Test
    void keysWhoseHandlersBlockHoldUpNoOtherAsLongAsThereIsAThread() {
        AtomicInteger blocked = new AtomicInteger();
        AtomicInteger quick = new AtomicInteger();
        work.set(lane -> {
            if (lane.key.startsWith("slow")) {
                blocked.incrementAndGet();
                return block(lane);
            }
            quick.incrementAndGet();
            return new Next.Done();
        });
        lanes.take(IntStream.range(0, AT_ONCE - 1)
                .mapToObj(number -> record("slow" + number, number))
                .toList());
        await().atMost(LONG).until(() -> blocked.get() == AT_ONCE - 1);
        lanes.take(IntStream.range(0, 1000)
                .mapToObj(number -> record("quick" + number, 100 + number))
                .toList());
        await().atMost(LONG).until(() -> quick.get() == 1000);
        assertThat(lanes.load().busy()).isEqualTo(AT_ONCE - 1);
    }

    @Test
    void soManyLanesAreWorkedForAtOnceAndNoMore() {
        AtomicInteger running = new AtomicInteger();
        work.set(lane -> {
            running.incrementAndGet();
            return block(lane);
        });
        lanes.take(IntStream.range(0, 3 * AT_ONCE)
                .mapToObj(number -> record("key" + number, number))
                .toList());
        await().atMost(LONG).until(() -> running.get() == AT_ONCE);
        await().during(Duration.ofMillis(50)).atMost(LONG).until(() -> running.get() == AT_ONCE);
        release.countDown();
        await().atMost(LONG).until(() -> running.get() == 3 * AT_ONCE);
        await().atMost(LONG).until(() -> lanes.load().busy() == 0);
    }

    @Test
    void eachKeyIsWorkedForInOrderByOneThreadAtATime() {
        int keys = 50;
        int each = 200;
        Map<String, List<Long>> seen = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        List<String> overlaps = new CopyOnWriteArrayList<>();
        work.set(lane -> {
            AtomicInteger now = inside.computeIfAbsent(lane.key, key -> new AtomicInteger());
            if (now.incrementAndGet() > 1) {
                overlaps.add(lane.key);
            }
            Taken first = lane.first;
            if (first == null) {
                overlaps.add(lane.key + " without a record");
            } else {
                seen.computeIfAbsent(lane.key, key -> new CopyOnWriteArrayList<>())
                        .add(first.offset());
            }
            now.decrementAndGet();
            return new Next.Done();
        });
        for (int turn = 0; turn < each; turn++) {
            List<Taken> page = new ArrayList<>();
            for (int key = 0; key < keys; key++) {
                page.add(record("key" + key, (long) turn * keys + key));
            }
            lanes.take(page);
        }
        await().atMost(LONG)
                .until(() -> seen.values().stream().mapToInt(List::size).sum() == keys * each);
        assertThat(overlaps).isEmpty();
        assertThat(seen.values()).allSatisfy(offsets -> assertThat(offsets).isSorted());
    }

    @Test
    void anotherThreadGoesOnForALaneThatWasGivenUp() {
        AtomicReference<@Nullable Lane> hung = new AtomicReference<>();
        List<Long> handled = new CopyOnWriteArrayList<>();
        AtomicInteger left = new AtomicInteger();
        work.set(lane -> {
            if (hung.compareAndSet(null, lane)) {
                block(lane);
                left.incrementAndGet();
                return new Next.Left();
            }
            handled.add(Objects.requireNonNull(lane.first).offset());
            return new Next.Done();
        });
        lanes.take(List.of(record("hangs", 0), record("hangs", 1), record("hangs", 2)));
        await().atMost(LONG).until(() -> hung.get() != null);
        lanes.goOn(Objects.requireNonNull(hung.get()), Next.Done::new);
        await().atMost(LONG).until(() -> handled.size() == 2);
        release.countDown();
        await().atMost(LONG).until(() -> left.get() == 1);
        lanes.take(List.of(record("hangs", 3), record("other", 4)));
        await().atMost(LONG).until(() -> lanes.load().busy() == 0);
        assertThat(handled).containsExactlyInAnyOrder(1L, 2L, 3L, 4L).startsWith(1L, 2L);
    }
}
