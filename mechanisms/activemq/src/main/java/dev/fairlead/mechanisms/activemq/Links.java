package dev.fairlead.mechanisms.activemq;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.DistributionMode;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.SenderOptions;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;
import org.apache.qpid.protonj2.types.UnsignedLong;
import org.jspecify.annotations.Nullable;

/** Opens senders and receivers of a queue. Receivers get only what they ask for: what is fetched and not handed out would be kept from others. */
final class Links {
    /** Tells brokers that a queue is meant, not a topic. */
    private static final String QUEUE = "queue";

    private static final UnsignedLong SELECTOR = UnsignedLong.valueOf(0x0000468C00000004L);

    private static final int AT_ONCE = 100;
    /** How long a message may be under way before the broker is asked whether that was all. */
    private static final long LOOK_MILLIS = 50;
    /** More than come after such a pause, so that credit is left by which the broker can tell the end. */
    private static final int LAST = 1000;

    private Links() {}

    static Sender sender(Session session, String queue, Duration timeout) throws ClientException {
        SenderOptions options = new SenderOptions();
        options.targetOptions().capabilities(QUEUE);
        Sender sender = session.openSender(queue, options);
        Waiting.get(sender.openFuture(), timeout);
        return sender;
    }

    static Receiver receiver(Session session, String queue, Duration timeout) throws ClientException {
        return open(session, queue, options(), timeout);
    }

    /** One that keeps so many messages coming, each of which is accepted as it is received. */
    static Receiver flowing(Session session, String queue, int ahead, Duration timeout) throws ClientException {
        ReceiverOptions options =
                new ReceiverOptions().creditWindow(ahead).autoAccept(true).autoSettle(true);
        options.sourceOptions().capabilities(QUEUE);
        return open(session, queue, options, timeout);
    }

    /** One that gets the messages for which the condition on their properties holds. */
    static Receiver selecting(Session session, String queue, String condition, Duration timeout)
            throws ClientException {
        return open(session, queue, selected(condition), timeout);
    }

    /** One that reads the messages for which the condition holds and leaves them where they are. */
    static Receiver browser(Session session, String queue, String condition, Duration timeout) throws ClientException {
        ReceiverOptions options = selected(condition);
        options.sourceOptions().distributionMode(DistributionMode.COPY);
        return open(session, queue, options, timeout);
    }

    private static ReceiverOptions selected(String condition) {
        ReceiverOptions options = options();
        options.sourceOptions().addFilter("jms-selector", SELECTOR, condition);
        return options;
    }

    private static ReceiverOptions options() {
        ReceiverOptions options =
                new ReceiverOptions().creditWindow(0).autoAccept(false).autoSettle(false);
        options.sourceOptions().capabilities(QUEUE);
        return options;
    }

    private static Receiver open(Session session, String queue, ReceiverOptions options, Duration timeout)
            throws ClientException {
        Receiver receiver = session.openReceiver(queue, options);
        Waiting.get(receiver.openFuture(), timeout);
        return receiver;
    }

    /** Takes back what credit is left, and what has come. Brokers confuse two drains of one receiver: this is the last use of it. */
    static List<Delivery> drain(Receiver receiver, Duration timeout) throws ClientException {
        Waiting.get(receiver.drain(), timeout);
        return arrived(receiver);
    }

    /** What has come. */
    static List<Delivery> arrived(Receiver receiver) throws ClientException {
        List<Delivery> come = new ArrayList<>();
        for (Delivery next = receiver.tryReceive(); next != null; next = receiver.tryReceive()) {
            come.add(next);
        }
        return come;
    }

    /** Asks for so many messages more; the client does that in the end though an interrupt ends its wait for it. */
    static void ask(Receiver receiver, int credit) throws ClientException {
        try {
            receiver.addCredit(credit);
        } catch (ClientException e) {
            if (!(e.getCause() instanceof InterruptedException)) {
                throw e;
            }
            Thread.currentThread().interrupt();
        }
    }

    /** The next message, if one comes in time; an interrupt ends the wait and leaves its flag set. */
    static @Nullable Delivery next(Receiver receiver, long millis) throws ClientException {
        if (millis <= 0 || Thread.currentThread().isInterrupted()) {
            return receiver.tryReceive();
        }
        try {
            return receiver.receive(millis, TimeUnit.MILLISECONDS);
        } catch (ClientException e) {
            if (!(e.getCause() instanceof InterruptedException)) {
                throw e;
            }
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** What is there now, up to so many; the last use of the receiver. */
    static List<Delivery> take(Receiver receiver, int most, Duration timeout) throws ClientException {
        ask(receiver, most);
        return drain(receiver, timeout);
    }

    /** Shows all that is there now, a few at a time; the last use of the receiver. */
    static void each(Receiver receiver, Duration timeout, Seen seen) throws ClientException {
        int credit = 0;
        while (true) {
            if (credit == 0) {
                ask(receiver, AT_ONCE);
                credit = AT_ONCE;
            }
            Delivery next = next(receiver, LOOK_MILLIS);
            if (next == null) {
                break;
            }
            credit--;
            seen.see(next);
        }
        ask(receiver, LAST);
        List<Delivery> last = drain(receiver, timeout);
        for (Delivery each : last) {
            seen.see(each);
        }
        if (last.size() >= credit + LAST) {
            throw new ClientException("the broker was too slow to show where the queue ends");
        }
    }

    /** One that is shown a message. */
    @FunctionalInterface
    interface Seen {
        void see(Delivery delivery) throws ClientException;
    }
}
