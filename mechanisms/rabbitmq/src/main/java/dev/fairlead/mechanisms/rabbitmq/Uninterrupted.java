package dev.fairlead.mechanisms.rabbitmq;

import java.util.function.Supplier;

/** Short exchanges with a server that an interrupt does not break off; the flag is set again afterwards. */
final class Uninterrupted {
    private Uninterrupted() {}

    static <T> T call(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
