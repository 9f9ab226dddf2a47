package dev.fairlead.api;

import java.util.Map;

/**
 * All values of a copy at one moment.
 *
 * @param sequence the last record that the values include
 * @param health the copy's health at that moment
 * @param values an unmodifiable map without a defined order
 */
public record Snapshot<K, V>(long sequence, Health health, Map<K, V> values) {}
