package dev.fairlead.api;

import java.time.Instant;

/**
 * An event as it stands in its item's log.
 *
 * @param key the event's key
 * @param event what happened, with the fields that this service uses
 * @param version of the key, from 1, one more with each event of the key
 * @param position in the log; with the item's id it names the event for ever, so an effect can use it to recognise a repetition
 * @param time when the owner appended it, by the owner's clock, never before the time of the event before it
 */
public record EventRecord<K, E>(K key, E event, long version, Position position, Instant time) {}
