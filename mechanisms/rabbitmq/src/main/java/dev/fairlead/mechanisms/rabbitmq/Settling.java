package dev.fairlead.mechanisms.rabbitmq;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What is to become of a held message. */
record Settling(Held held, Way way, CompletableFuture<Void> done) {
    /** How it is settled. */
    sealed interface Way {}

    /** It is done with. */
    record Acknowledge() implements Way {}

    /** It comes again, as the newest of the queue, with so many attempts counted. */
    record GiveBack(Duration delay, int attempts) implements Way {}

    /** It becomes a dead letter. */
    record SetAside(String error) implements Way {}
}
