package dev.fairlead.spi.calling;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.input.CallLimits;
import dev.fairlead.spi.input.LogLimits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@link Call} over the messages of a {@link CallTransport}, for one opening of a mechanism.
 *
 * <p>A question stays with its asker until an answerer that is believed to have room is handed it; so DEADLINE and UNREACHABLE are said
 * only of what surely never ran, and no clock but the asker's own is looked at. {@link #answer} blocks until others can find the
 * answerer, and fails with UNREACHABLE when the server is away. The transport is opened when something is asked or answered for the
 * first time.
 */
public final class DistributedCall implements Call, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DistributedCall.class.getName());
    private static final long LOOK_MILLIS = 250;

    private final String place;
    private final Post post;
    private final AskingSide asking;
    private final AnsweringSide answering;
    private final ScheduledThreadPoolExecutor threads;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Calls of one opening.
     *
     * @param place what the questions go through, for messages, such as {@code rabbitmq at db.example.org:5672}
     * @param time the clock of deadlines
     * @param opener connects the opening when it is needed
     */
    public DistributedCall(String place, TimeSource time, CallTransport.Opener opener) {
        this.place = place;
        AtomicInteger count = new AtomicInteger();
        this.threads = new ScheduledThreadPoolExecutor(
                2,
                work -> Thread.ofPlatform()
                        .daemon()
                        .name("fairlead calls " + count.incrementAndGet() + " at " + place)
                        .unstarted(work));
        this.post = new Post(place, opener, threads, this::receive);
        this.answering = new AnsweringSide(place, post, threads, new AnsweringSide.Listener() {
            @Override
            public void joined(Presence presence) {
                asking.joined(presence);
            }

            @Override
            public void left(Presence presence) {
                asking.left(presence);
            }
        });
        this.asking = new AskingSide(place, time, post, answering::presences);
    }

    @Override
    public OpenAnswerer answer(String item, int room, Answerer answerer) {
        LogLimits.checkName(item);
        CallLimits.checkRoom(item, room);
        checkOpen();
        lookRegularly();
        return answering.answer(item, room, answerer);
    }

    @Override
    public CompletableFuture<Answer> ask(String item, Question question, Duration deadline) {
        try {
            LogLimits.checkName(item);
            CallLimits.check(item, question);
            checkOpen();
        } catch (FairleadException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        if (!deadline.isPositive()) {
            return CompletableFuture.failedFuture(CallFailures.neverRan(item, deadline));
        }
        lookRegularly();
        return asking.ask(item, question, deadline);
    }

    private void checkOpen() {
        if (closed.get()) {
            throw CallFailures.closed(place);
        }
    }

    private void lookRegularly() {
        if (!looking.get() && looking.compareAndSet(false, true) && !closed.get()) {
            threads.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            long renewal = AnsweringSide.RENEWAL.toMillis();
            threads.scheduleWithFixedDelay(answering::renew, renewal, renewal, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            asking.look();
            answering.look();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, () -> "the questions at " + place + " could not be looked after", e);
        }
    }

    private void receive(CallMessage message) {
        switch (message) {
            case CallMessage.ToAnswerer toAnswerer -> answering.receive(toAnswerer);
            case CallMessage.ToAsker toAsker -> asking.receive(toAsker);
        }
    }

    /** Ends all questions of this opening, and leaves those that its answerers hold without an answer; may wait for the transport. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            asking.close();
            answering.close();
            post.close();
            threads.shutdownNow();
        }
    }
}
