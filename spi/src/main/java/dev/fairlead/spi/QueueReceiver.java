package dev.fairlead.spi;

import java.time.Duration;
import java.util.List;

/** One of the competing receivers of a queue. One thread polls at a time; any thread may close. */
public interface QueueReceiver extends AutoCloseable {
    /**
     * The next messages, as soon as there are any, or nothing after {@code wait}. The lease of each begins now.
     *
     * <p>May give fewer than there are, for example because they are large. A close from another thread, or an interrupt, ends the wait
     * with CLOSED (the interrupt flag stays set).
     *
     * @param most from 1 to {@link Queue#MAX_POLL}
     */
    List<Delivered> poll(int most, Duration wait);

    /**
     * Takes no more messages. What it holds can still be acknowledged or given back until its lease is over. Safe to call twice.
     */
    @Override
    void close();
}
