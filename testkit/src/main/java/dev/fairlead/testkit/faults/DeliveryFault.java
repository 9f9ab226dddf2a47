package dev.fairlead.testkit.faults;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.LogRecord;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A fault on the way from a mechanism to its readers.
 *
 * <p>It hits what {@code which} accepts, on the {@code reads} named, with the {@code chance} given, {@code times} times at most.
 *
 * @param kind what goes wrong
 * @param which the records that it may hit
 * @param reads the deliveries of a record that it may hit
 * @param chance how likely it hits, from 0 to 1
 * @param times how often it hits at most
 */
public record DeliveryFault(Kind kind, Predicate<LogRecord> which, Reads reads, double chance, long times) {

    /** What goes wrong with a record. */
    public sealed interface Kind {
        /** The record never arrives; the reader goes on behind it. */
        record Drop() implements Kind {}

        /** The record arrives twice, the second time directly after the first. */
        record Duplicate() implements Kind {}

        /** The record arrives behind the next {@code places} records, or alone when none follow. */
        record Reorder(int places) implements Kind {}

        /** The record and all behind it arrive this much later, by the time source of the wrapper. */
        record Delay(Duration by) implements Kind {}

        /** The poll fails with this code when it comes to the record; the next poll tries it again. */
        record Fail(ErrorCode code) implements Kind {}

        /** One bit of the record's payload arrives changed; of its key, when the payload is empty. */
        record Damage() implements Kind {}
    }

    /** The record never arrives. */
    public static DeliveryFault drop() {
        return of(new Kind.Drop());
    }

    /** The record arrives twice. */
    public static DeliveryFault duplicate() {
        return of(new Kind.Duplicate());
    }

    /** The record arrives behind the next ones. */
    public static DeliveryFault reorder(int places) {
        return of(new Kind.Reorder(places));
    }

    /** The record and all behind it arrive later. */
    public static DeliveryFault delay(Duration by) {
        return of(new Kind.Delay(by));
    }

    /** The poll fails when it comes to the record. */
    public static DeliveryFault fail(ErrorCode code) {
        return of(new Kind.Fail(code));
    }

    /** A bit of the record arrives changed. */
    public static DeliveryFault damage() {
        return of(new Kind.Damage());
    }

    private static DeliveryFault of(Kind kind) {
        return new DeliveryFault(kind, record -> true, Reads.FIRST, 1, Long.MAX_VALUE);
    }

    /** The same fault for these records alone. */
    public DeliveryFault of(Predicate<LogRecord> records) {
        return new DeliveryFault(kind, records, reads, chance, times);
    }

    /** The same fault for the record at one offset. */
    public DeliveryFault at(long offset) {
        return of(record -> record.offset() == offset);
    }

    /** The same fault on these deliveries; the first alone unless said. */
    public DeliveryFault on(Reads deliveries) {
        return new DeliveryFault(kind, which, deliveries, chance, times);
    }

    /** The same fault, hitting one in so many by the wrapper's seed. */
    public DeliveryFault withChance(double likely) {
        return new DeliveryFault(kind, which, reads, likely, times);
    }

    /** The same fault, at most so often. */
    public DeliveryFault atMost(long hits) {
        return new DeliveryFault(kind, which, reads, chance, hits);
    }
}
