package dev.fairlead.spi;

import java.time.Duration;
import java.util.List;

/** What one subscriber gets of a topic. One thread polls at a time; any thread may close. */
public interface TopicSubscription extends AutoCloseable {
    /**
     * The next messages, as soon as there are any, or nothing after {@code wait}; may give fewer than there are.
     *
     * <p>With each poll the subscriber says that it is done with what the polls before brought. To a durable subscription comes again, in
     * the old order and before all else, what its subscriber was not done with when it was closed or its process or connection ended.
     *
     * <p>Fails with UNREACHABLE while the server is away, and the next poll tries again. A close from another thread, or an interrupt, ends
     * the wait with CLOSED (the interrupt flag stays set).
     *
     * @param most from 1 to {@link Topic#MAX_POLL}
     */
    List<Question> poll(int most, Duration wait);

    /** Takes no more. A durable subscription goes on collecting. Safe to call twice. */
    @Override
    void close();
}
