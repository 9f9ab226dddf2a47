package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Change;
import dev.fairlead.api.Digest;
import dev.fairlead.codecs.json.JsonCodecProvider;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.SettableTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplierTest {
    private static final String ITEM = "prices.quote";
    private static final int ALL_CHANGES = 300;

    private static final int UNLUCKY = -13;

    record Quote(String symbol, int price) {
        Quote {
            if (price == UNLUCKY) {
                throw new AssertionError("unlucky");
            }
        }
    }

    private final SettableTime time = SettableTime.create();
    private final Freshness freshness = new Freshness(time, Duration.ofSeconds(1));
    private final Counters counters = new Counters();
    private final List<Change<String, Quote>> changes = new ArrayList<>();
    private final Applier<String, Quote> applier = new Applier<>(
            "the copy",
            new CopyDecoder<>(
                    KeyText.of(ITEM, String.class),
                    "symbol",
                    new JsonCodecProvider().codec(Quote.class),
                    new RecordAccess<>(ITEM, Quote.class, Set.of()),
                    new Outlet(ITEM, Optional.empty())),
            freshness,
            counters);
    private final Writer writer = new Writer();

    @Test
    void appliesEachRecordOnceAndInOrder() {
        LogRecord first = writer.put("A", 1);
        LogRecord second = writer.put("A", 2);

        take(first, second, first, second);

        assertThat(price("A")).isEqualTo(2);
        assertThat(counters.statistics().applied()).isEqualTo(2);
        assertThat(counters.statistics().duplicates()).isEqualTo(2);
    }

    @Test
    void aLostRecordPutsItsKeyAndNoOtherUnderSuspicion() {
        take(writer.put("A", 1), writer.put("B", 1));
        writer.put("A", 2);
        take(writer.put("C", 1), writer.put("B", 2));

        assertThat(suspects("A")).isTrue();
        assertThat(suspects("B")).isFalse();
        assertThat(suspects("C")).isFalse();
        assertThat(price("A")).isEqualTo(1);
        assertThat(counters.statistics().gaps()).isEqualTo(1);
    }

    @Test
    void aLostRecordThatIsFetchedAgainEndsTheSuspicion() {
        take(writer.put("A", 1));
        LogRecord lost = writer.put("A", 2);
        take(writer.put("B", 1));
        applier.refetched(lost);

        assertThat(applier.gaps().any()).isFalse();
        assertThat(price("A")).isEqualTo(2);
        assertThat(counters.statistics().recovered()).isEqualTo(1);
        assertThat(applier.digest()).isEqualTo(writer.digest());
    }

    @Test
    void aNewerRecordOfTheKeyMakesALostOneIrrelevant() {
        take(writer.put("A", 1));
        LogRecord lost = writer.put("A", 2);
        take(writer.put("B", 1), writer.put("A", 3));
        assertThat(applier.gaps().any()).isFalse();

        applier.refetched(lost);
        assertThat(price("A")).isEqualTo(3);
        assertThat(applier.digest()).isEqualTo(writer.digest());
    }

    @Test
    void aLateRecordDoesNotBringARemovedKeyBack() {
        take(writer.put("A", 1));
        LogRecord lost = writer.put("A", 2);
        LogRecord alsoLost = writer.put("B", 1);
        take(writer.remove("A"));
        applier.refetched(lost);
        applier.refetched(alsoLost);

        assertThat(applier.table().get("A")).isNull();
        assertThat(applier.digest()).isEqualTo(writer.digest());
    }

    @Test
    void severalLostInARowPutAllUnderSuspicionUntilTheyAreFetched() {
        take(writer.put("A", 1));
        LogRecord lost = writer.put("B", 1);
        LogRecord alsoLost = writer.put("C", 1);
        take(writer.put("D", 1));

        assertThat(suspects("A")).isTrue();
        applier.refetched(alsoLost);
        assertThat(suspects("A")).isFalse();
        assertThat(suspects("B")).isTrue();
        applier.refetched(lost);
        assertThat(applier.gaps().any()).isFalse();
        assertThat(applier.digest()).isEqualTo(writer.digest());
    }

    @Test
    void aDamagedRecordIsNotAppliedAndIsMissing() {
        take(writer.put("A", 1));
        LogRecord good = writer.put("A", 2);
        byte[] payload = good.payload().clone();
        payload[payload.length - 2] ^= 1;
        take(new LogRecord(good.offset(), good.key(), good.header(), payload), writer.put("B", 1));

        assertThat(price("A")).isEqualTo(1);
        assertThat(suspects("A")).isTrue();
        assertThat(suspects("B")).isFalse();
        assertThat(counters.statistics().damaged()).isEqualTo(1);
        applier.refetched(good);
        assertThat(price("A")).isEqualTo(2);
    }

    @Test
    void aRecordThatCannotBeDecodedIsAGapInItsKeyUntilANewerOneComes() {
        take(writer.put("A", 1), writer.write("A", "{\"symbol\":\"A\"}", false), writer.put("B", 1));
        assertThat(suspects("A")).isTrue();
        assertThat(suspects("B")).isFalse();

        take(writer.put("A", 3));
        assertThat(applier.gaps().any()).isFalse();
        assertThat(price("A")).isEqualTo(3);
    }

    @Test
    void aRecordThatTheApplicationsOwnConstructorRefusesWithAnErrorIsAGapInItsKeyUntilANewerOneComes() {
        take(writer.put("A", 1), writer.put("A", UNLUCKY), writer.put("B", 1));
        assertThat(suspects("A")).isTrue();
        assertThat(suspects("B")).isFalse();
        assertThat(price("A")).isEqualTo(1);
        assertThat(price("B")).isEqualTo(1);
        assertThat(counters.statistics().damaged()).isEqualTo(1);

        take(writer.put("A", 3));
        assertThat(applier.gaps().any()).isFalse();
        assertThat(price("A")).isEqualTo(3);
    }

    @Test
    void recordsThatRetentionTookAwayAreNotMissed() {
        LogRecord compacted = writer.put("A", 1);
        LogRecord kept = writer.put("A", 2);
        take(new LogBatch(List.of(kept), new LogBounds(0, kept.offset(), 2), null));

        assertThat(applier.gaps().any()).isFalse();
        assertThat(price("A")).isEqualTo(2);
        assertThat(compacted.offset()).isZero();
    }

    @Test
    void whereNoRecordStandsNothingIsMissed() {
        take(writer.put("A", 1));
        long empty = writer.next;
        writer.next += 2;
        LogRecord after = writer.put("B", 1);
        take(new LogRecord(after.offset(), empty, after.key(), after.header(), after.payload()));

        assertThat(applier.gaps().any()).isFalse();
        assertThat(price("B")).isEqualTo(1);
        assertThat(applier.digest()).isEqualTo(writer.digest());
    }

    @Test
    void aRecordThatIsLostBesideAHoleIsMissed() {
        take(writer.put("A", 1));
        LogRecord lost = writer.put("B", 1);
        long empty = writer.next++;
        LogRecord after = writer.put("C", 1);
        take(new LogRecord(after.offset(), empty, after.key(), after.header(), after.payload()));

        assertThat(applier.gaps().all()).containsExactly(new Gaps.Gap(lost.offset(), KeyHash.of(lost.key())));
    }

    @Test
    void aHoleAtTheEndIsPassedOverOnlyByWhoHasEverythingBefore() {
        LogRecord first = writer.put("A", 1);
        writer.next++;
        LogBounds bounds = new LogBounds(0, 0, writer.next);
        LogBatch.Hole hole = new LogBatch.Hole(first.offset() + 1, writer.next);
        take(new LogBatch(List.of(), bounds, null, hole));
        assertThat(applier.next()).isEqualTo(first.offset());
        assertThat(applier.loaded()).isFalse();

        take(new LogBatch(List.of(first), bounds, null, hole));
        assertThat(applier.next()).isEqualTo(writer.next);
        assertThat(applier.loaded()).isTrue();
    }

    @Test
    void aJumpTooWideToRepairSendsTheReaderBack() {
        take(writer.put("A", 1));
        for (int i = 0; i < 2000; i++) {
            writer.put("B", i);
        }
        boolean complete = take(batch(writer.put("C", 1)));

        assertThat(complete).isFalse();
        assertThat(applier.next()).isEqualTo(1);
    }

    @Test
    void isLoadedOnlyWhenItHasWhatWasThereAtTheBeginning() {
        LogRecord first = writer.put("A", 1);
        LogRecord second = writer.put("B", 1);
        take(first);
        assertThat(applier.loaded()).isFalse();

        take(second);
        assertThat(applier.loaded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void whateverIsDroppedDuplicatedAndReorderedTheCopyEndsEqual(long seed) {
        Random random = new Random(seed);
        List<LogRecord> written = new ArrayList<>();
        for (int i = 0; i < ALL_CHANGES; i++) {
            String key = "K" + random.nextInt(12);
            written.add(random.nextInt(6) == 0 ? writer.remove(key) : writer.put(key, i));
        }
        List<LogRecord> arriving = new ArrayList<>();
        List<LogRecord> dropped = new ArrayList<>();
        for (LogRecord record : written) {
            int fate = random.nextInt(10);
            (fate == 0 ? dropped : arriving).add(record);
            if (fate == 1) {
                arriving.add(written.get(random.nextInt(written.indexOf(record) + 1)));
            }
            if (fate == 2 && arriving.size() > 3) {
                Collections.swap(arriving, arriving.size() - 1, arriving.size() - 3);
            }
        }
        arriving.add(writer.put("last", 0));
        arriving.forEach(this::take);
        Collections.shuffle(dropped, random);
        dropped.forEach(applier::refetched);

        assertThat(applier.digest()).as("seed %d", seed).isEqualTo(writer.digest());
        assertThat(applier.gaps().any()).isFalse();
        Map<String, Integer> copied = new HashMap<>();
        applier.table()
                .entries()
                .forEach((key, entry) -> copied.put(key, entry.value().price()));
        assertThat(copied).as("seed %d", seed).isEqualTo(writer.prices);
    }

    @Test
    void changesAreToldInOrderAndDuplicatesAreNot() {
        applier.deliveries()
                .add(new DirectDelivery<>(new GuardedListener<>("test", changes::add, counters), closed -> {}));
        LogRecord first = writer.put("A", 1);
        take(first, first, writer.remove("A"));

        assertThat(changes).hasSize(2);
        assertThat(changes.get(0)).isInstanceOf(Change.Updated.class);
        assertThat(changes.get(1)).isInstanceOf(Change.Removed.class);
    }

    @Test
    void aListenerThatThrowsIsCountedAndEndsNothing() {
        applier.deliveries()
                .add(new DirectDelivery<>(
                        new GuardedListener<>(
                                "test",
                                change -> {
                                    throw new IllegalStateException("on purpose");
                                },
                                counters),
                        closed -> {}));
        take(writer.put("A", 1), writer.put("A", 2));

        assertThat(price("A")).isEqualTo(2);
        assertThat(counters.statistics().listenerFailures()).isEqualTo(2);
    }

    private void take(LogRecord... records) {
        take(batch(records));
    }

    /** From a reader that goes on behind all that was written. */
    private boolean take(LogBatch batch) {
        return applier.take(applier.decoder().page(batch, writer.next));
    }

    private LogBatch batch(LogRecord... records) {
        return new LogBatch(Arrays.asList(records), new LogBounds(0, 0, writer.next), null);
    }

    private int price(String symbol) {
        return java.util.Objects.requireNonNull(applier.table().get(symbol))
                .value()
                .price();
    }

    private boolean suspects(String symbol) {
        return applier.gaps().suspects(KeyHash.of(symbol.getBytes(UTF_8)));
    }

    /** Makes records as an owner does. */
    private final class Writer {
        private final EnvelopeFormat format = new EnvelopeFormat(ITEM);
        private final KeyVersions versions = new KeyVersions();
        private final Map<String, Integer> prices = new HashMap<>();
        private long next;

        LogRecord put(String symbol, int price) {
            prices.put(symbol, price);
            return write(symbol, "{\"symbol\":\"" + symbol + "\",\"price\":" + price + "}", false);
        }

        LogRecord remove(String symbol) {
            prices.remove(symbol);
            return write(symbol, "", true);
        }

        LogRecord write(String symbol, String json, boolean removal) {
            byte[] key = symbol.getBytes(UTF_8);
            byte[] payload = json.getBytes(UTF_8);
            long version = versions.next(symbol);
            byte[] header = format.pack(
                    new Envelope(
                            removal ? Envelope.Kind.REMOVAL : Envelope.Kind.VALUE,
                            version,
                            1,
                            time.now(),
                            versions.lastKey(),
                            null,
                            0),
                    key,
                    payload);
            versions.note(symbol, KeyHash.of(key), version, EnvelopeFormat.checksumOf(header), removal);
            return new LogRecord(next++, key, header, payload);
        }

        Digest digest() {
            return versions.digest(next - 1);
        }
    }
}
