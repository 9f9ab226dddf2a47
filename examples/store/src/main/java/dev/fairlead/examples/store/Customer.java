package dev.fairlead.examples.store;

/** Somebody who buys and has an account. */
record Customer(String id, String country) {}
