package dev.fairlead.mechanisms.redis;

import dev.fairlead.spi.Question;

/** A message in the hands of a receiver, without its content where that is not needed. */
record Held(String message, String hand, int attempt, Question content) {}
