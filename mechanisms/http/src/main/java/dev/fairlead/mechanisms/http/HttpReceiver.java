package dev.fairlead.mechanisms.http;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Nanos;
import dev.fairlead.spi.wire.NumberedAnswer;
import dev.fairlead.spi.wire.QueueMessages;
import dev.fairlead.spi.wire.WireInput;
import dev.fairlead.spi.wire.WireOutput;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes messages by calls that the node answers when there is something, or after a while. A call that is made again gets the same messages;
 * after one that was given up the receiver is another one at the node, which takes back what the call may have brought.
 */
final class HttpReceiver implements QueueReceiver {
    private static final long SLICE = 10_000;

    private final OpenQueue queue;
    private final NodeLink link;
    private final Duration lease;
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private String name = "";
    private long run;
    private long number;
    private long reached;
    private String left = "";
    private long leftAt;
    private volatile boolean closed;

    private HttpReceiver(OpenQueue queue, Duration lease) {
        this.queue = queue;
        this.link = queue.link();
        this.lease = lease;
    }

    static HttpReceiver open(OpenQueue queue, Duration lease) {
        HttpReceiver receiver = new HttpReceiver(queue, lease);
        receiver.enter();
        return receiver;
    }

    /** Becomes another receiver at the node. */
    private void enter() {
        String fresh = UUID.randomUUID().toString();
        byte[] answer = link.post(
                path("receive"),
                new WireOutput()
                        .text(fresh)
                        .number(lease.toNanos())
                        .text(left)
                        .number(leftAt)
                        .toBytes());
        entered(fresh, new WireInput(answer).number());
    }

    private synchronized void entered(String fresh, long atRun) {
        name = fresh;
        run = atRun;
        left = "";
        reached = number;
        if (closed) {
            leave();
        }
        requireOpen();
    }

    private String path(String act) {
        return HttpMechanism.queuePath(queue.name(), act);
    }

    @Override
    public List<Delivered> poll(int most, Duration wait) {
        QueueLimits.checkPoll(queue.name(), most);
        long begin = System.nanoTime();
        long nanos = Nanos.of(wait);
        while (true) {
            requireOpen();
            if (name.isEmpty()) {
                enter();
            }
            long rest = Math.max(0, nanos - (System.nanoTime() - begin));
            long millis = Math.min(SLICE, (rest + 999_999) / 1_000_000);
            List<Delivered> found = taken(look(most, millis));
            if (!found.isEmpty() || nanos - (System.nanoTime() - begin) <= 0) {
                return found;
            }
        }
    }

    private NumberedAnswer look(int most, long millis) {
        number++;
        WireOutput out = new WireOutput()
                .number(run)
                .number(number)
                .text(name)
                .count(most)
                .count((int) millis);
        try {
            return NumberedAnswer.of(link.ask(path("poll"), out.toBytes(), Duration.ofMillis(millis), underWay));
        } catch (FairleadException e) {
            requireOpen();
            leave();
            if (e.code() == ErrorCode.OUTCOME_UNKNOWN) {
                throw new FairleadException(ErrorCode.UNREACHABLE, String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    private List<Delivered> taken(NumberedAnswer answer) {
        if (answer.state() != NumberedAnswer.State.DONE) {
            leave();
            return List.of();
        }
        WireInput in = new WireInput(answer.content());
        List<Delivered> taken = QueueMessages.handed(in).stream()
                .<Delivered>map(each -> new HttpDelivered(queue, answer.run(), each))
                .toList();
        in.end();
        reach();
        return taken;
    }

    /** From here on the messages of the last poll are the caller's; or else a close has given them back. */
    private synchronized void reach() {
        requireOpen();
        reached = number;
    }

    /** Lets the node take back what the caller did not get, now or when the receiver is the next one. */
    private synchronized void leave() {
        if (name.isEmpty()) {
            return;
        }
        left = name;
        leftAt = reached;
        name = "";
        if (!link.isClosed()) {
            link.postOnce(
                    path("leave"), new WireOutput().text(left).number(leftAt).toBytes());
        }
    }

    private void requireOpen() {
        if (closed) {
            throw link.closedFailure();
        }
        link.requireOpen();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        underWay.forEach(each -> each.cancel(true));
        leave();
    }
}
