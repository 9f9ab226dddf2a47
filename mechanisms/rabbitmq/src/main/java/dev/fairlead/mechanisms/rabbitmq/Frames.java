package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Message;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.server.AppendRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends on their way to a stream, as many in one frame as go well together: those of one record each, or those of several, which the
 * stream takes all or none. For one thread at a time.
 */
final class Frames {
    private static final long FULL = 256 << 10;

    private final ClaimLink link;
    private final List<List<Message>> appends = new ArrayList<>();
    private long first;
    private long bytes;

    Frames(ClaimLink link) {
        this.link = link;
    }

    /** Whether one fills a frame alone, which the server may find too large. */
    static boolean isLarge(AppendRequest request) {
        return request.bytes() >= FULL;
    }

    /** Adds one; ids grow by one. Whether a frame went out before it or with it. */
    boolean add(AppendRequest request, long id) {
        List<Message> messages = messages(request, id);
        boolean isSent = false;
        if (!appends.isEmpty() && (isSingle(messages) != isSingle(appends.getFirst()) || isLarge(request))) {
            send();
            isSent = true;
        }
        if (appends.isEmpty()) {
            first = id;
        }
        appends.add(messages);
        bytes += request.bytes();
        if (bytes >= FULL) {
            send();
            isSent = true;
        }
        return isSent;
    }

    private static List<Message> messages(AppendRequest request, long id) {
        List<Message> messages = new ArrayList<>(request.entries().size());
        for (LogEntry entry : request.entries()) {
            messages.add(StreamMessage.of(entry, id));
        }
        return messages;
    }

    private static boolean isSingle(List<Message> messages) {
        return messages.size() == 1;
    }

    /** Sends what has been added and not sent. */
    void send() {
        List<List<Message>> frame = List.copyOf(appends);
        appends.clear();
        bytes = 0;
        if (frame.isEmpty()) {
            return;
        }
        if (isSingle(frame.getFirst())) {
            link.publish(frame.stream().map(List::getFirst).toList(), first);
        } else {
            link.publishTogether(frame, first);
        }
    }
}
