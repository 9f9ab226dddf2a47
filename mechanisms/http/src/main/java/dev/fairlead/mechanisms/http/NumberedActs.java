package dev.fairlead.mechanisms.http;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.wire.NumberedAnswer;
import dev.fairlead.spi.wire.WireInput;
import dev.fairlead.spi.wire.WireOutput;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is done to a queue one after another, each with its number: one that is sent again, because its answer was lost, is done once. The node
 * knows the numbers until it is started anew; what it had not answered by then has an unknown outcome.
 */
final class NumberedActs {
    private static final int MOST_RESTARTS = 20;

    private final NodeLink link;
    private final NodeRun run;
    private final String queue;
    private final ReentrantLock lock = new ReentrantLock();
    private long number;

    NumberedActs(NodeLink link, NodeRun run, String queue) {
        this.link = link;
        this.run = run;
        this.queue = queue;
    }

    /** Does the next thing, and gives what the reader makes of its answer. */
    <T> T run(String act, Consumer<WireOutput> content, Function<WireInput, T> reader) {
        lock.lock();
        try {
            number++;
            WireInput in = new WireInput(done(act, content));
            T answer = reader.apply(in);
            in.end();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private byte[] done(String act, Consumer<WireOutput> content) {
        boolean isBegun = false;
        long wanted = run.current(); // what others learn meanwhile says nothing of what was begun here
        for (int restarts = 0; restarts < MOST_RESTARTS; ) {
            link.requireOpen();
            WireOutput out = new WireOutput().number(wanted).number(number);
            content.accept(out);
            NodeLink.Result result = posted(act, out.toBytes());
            NumberedAnswer answer = NumberedAnswer.of(answer(result, isBegun));
            switch (answer.state()) {
                case DONE -> {
                    return answer.content();
                }
                case UNDER_WAY -> isBegun = true;
                case OTHER_RUN -> {
                    restarts++;
                    wanted = answer.run();
                    run.now(wanted);
                    if (isBegun || result.isUnsure()) {
                        throw new FairleadException(
                                ErrorCode.OUTCOME_UNKNOWN,
                                "queue " + queue + ": " + link.settings().place()
                                        + " was started anew before it answered");
                    }
                }
            }
        }
        throw new FairleadException(
                ErrorCode.UNREACHABLE,
                "queue " + queue + ": " + link.settings().place() + " is another one at every call (is it several?)");
    }

    /** A close in the middle leaves open whether the node goes on with it. */
    private NodeLink.Result posted(String act, byte[] message) {
        try {
            return link.posted(HttpMechanism.queuePath(queue, act), message);
        } catch (FairleadException e) {
            throw e.code() == ErrorCode.CLOSED
                    ? new FairleadException(
                            ErrorCode.OUTCOME_UNKNOWN, "queue " + queue + ": the mechanism was closed meanwhile", e)
                    : e;
        }
    }

    private static byte[] answer(NodeLink.Result result, boolean isBegun) {
        FairleadException failure = result.failure();
        if (failure != null && isBegun) {
            throw new FairleadException(ErrorCode.OUTCOME_UNKNOWN, String.valueOf(failure.getMessage()), failure);
        }
        return result.surely();
    }
}
