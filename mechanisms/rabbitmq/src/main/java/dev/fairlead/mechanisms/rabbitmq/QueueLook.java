package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells of one quorum queue. Safe for many threads.
 *
 * <p>A server of version 3 answers that a queue is empty, instead of an error, when the queue's process says nothing for 250 ms; and after a
 * restart it tells what the queue has read from its disk so far. Both would hide messages. So an answer that took long is asked for again, and on a new
 * connection the queue is first made to agree to something, for which it must have read all.
 */
final class QueueLook {
    private static final long SERVERS_PATIENCE = Duration.ofMillis(250).toNanos();
    private static final Map<String, Object> TAKES_NOTHING = Map.of("x-credit", Map.of("credit", 0L, "drain", false));

    private final Broker broker;
    private final String queue;
    private volatile @Nullable Connection complete;

    QueueLook(Broker broker, String queue) {
        this.broker = broker;
        this.queue = queue;
    }

    AMQP.Queue.DeclareOk look(long deadline) {
        return broker.once("a look at queue " + queue, channel -> {
            if (channel.getConnection() != complete) {
                readAll(channel);
                complete = channel.getConnection();
            }
            return passive(channel, queue, deadline);
        });
    }

    /** A consumer without credit gets nothing; it and its end are entries in the queue's own log. */
    private void readAll(Channel channel) throws IOException {
        channel.basicQos(1);
        channel.basicCancel(channel.basicConsume(queue, false, TAKES_NOTHING, new DefaultConsumer(channel)));
    }

    /** The queue's own answer, which comes after all that was sent to it on the channel. */
    static AMQP.Queue.DeclareOk passive(Channel channel, String queue, long deadline) throws IOException {
        while (true) {
            long begin = System.nanoTime();
            AMQP.Queue.DeclareOk answer = channel.queueDeclarePassive(queue);
            if (System.nanoTime() - begin < SERVERS_PATIENCE) {
                return answer;
            }
            if (System.nanoTime() >= deadline) {
                throw new FairleadException(
                        ErrorCode.UNREACHABLE, "queue " + queue + " of rabbitmq answers too slowly");
            }
        }
    }
}
