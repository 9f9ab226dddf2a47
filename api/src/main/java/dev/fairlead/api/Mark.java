package dev.fairlead.api;

import java.time.Instant;

/**
 * The identity of the state of a key that a reading shows.
 *
 * @param version the key's version, from 1
 * @param sequence the number of the record in its item's log
 * @param checksum of the record: CRC-32C over item, key, version and full value
 * @param changed when the owner wrote it, by the owner's clock, to the microsecond
 * @param retired whether the owner has {@linkplain Owner#retire retired} the key: the value can be read, and nothing new should refer to it
 */
public record Mark(long version, long sequence, int checksum, Instant changed, boolean retired) {}
