package dev.fairlead.benchmarks;

import dev.fairlead.spi.Question;
import java.util.List;

/** A queue under measurement: one thread sends, another takes. */
interface QueueClient extends AutoCloseable {
    /** Sends the messages; returns when the server has confirmed all of them. */
    void send(List<Question> batch) throws Exception;

    /** Waits for messages, acknowledges them without waiting for the effect, and returns how many there were. */
    int take(int most) throws Exception;

    /** Waits until what was acknowledged is so. */
    default void settle() {}

    @Override
    void close() throws Exception;
}
