package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * What ActiveMQ Classic tells of a queue, through a plugin that the broker's file names or not.
 *
 * @param queue its name at the broker
 * @param size how many messages it holds
 * @param inFlight how many of them receivers hold; counted some time after they were sent
 */
record Statistics(String queue, long size, long inFlight) {
    private static final long STRAY_MILLIS = 10_000;
    private static final long LAST_MILLIS = 200;
    private static final String QUEUE = "queue://";

    /** Of one queue, which need not be open yet. */
    static Statistics of(Session session, String queue, Duration timeout) throws ClientException {
        Links.sender(session, queue, timeout); // The plugin is silent about a queue that nobody has opened.
        Delivery answer = ask(session, queue, timeout).receive(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (answer == null) {
            throw silent();
        }
        return read(answer);
    }

    /**
     * Of all queues whose names begin so.
     *
     * @param beginning ends with a dot
     */
    static List<Statistics> all(Session session, String beginning, Duration timeout) throws ClientException {
        Receiver answers = ask(session, beginning + ">", timeout);
        List<Statistics> all = new ArrayList<>();
        for (Delivery next = first(answers, timeout);
                next != null;
                next = answers.receive(LAST_MILLIS, TimeUnit.MILLISECONDS)) {
            all.add(read(next));
        }
        return all;
    }

    private static Delivery first(Receiver answers, Duration timeout) throws ClientException {
        Delivery first = answers.receive(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            throw silent();
        }
        return first;
    }

    /** All answers are there when it returns. */
    private static Receiver ask(Session session, String queues, Duration timeout) throws ClientException {
        Receiver answers = session.openDynamicReceiver();
        Waiting.get(answers.openFuture(), timeout);
        Sender questions = Links.sender(session, "ActiveMQ.Statistics.Destination." + queues, timeout);
        Waiting.get(
                questions
                        .send(Message.create("").timeToLive(STRAY_MILLIS).replyTo(answers.address()))
                        .settlementFuture(),
                timeout);
        return answers;
    }

    private static Statistics read(Delivery answer) throws ClientException {
        Map<?, ?> values = answer.<Map<?, ?>>message().body();
        String name = String.valueOf(values.get("destinationName"));
        return new Statistics(
                name.startsWith(QUEUE) ? name.substring(QUEUE.length()) : name,
                number(values, "size"),
                number(values, "inflightCount"));
    }

    private static long number(Map<?, ?> values, String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static FairleadException silent() {
        return new FairleadException(
                ErrorCode.CAPABILITY,
                "ActiveMQ Classic does not tell which queues and how many messages it holds (add"
                        + " <statisticsBrokerPlugin/> to the <plugins> of its activemq.xml)");
    }
}
