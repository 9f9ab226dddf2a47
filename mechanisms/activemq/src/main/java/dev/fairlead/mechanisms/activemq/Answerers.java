package dev.fairlead.mechanisms.activemq;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.calling.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.DeliveryState;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * The queue in which it stands who answers: each opening's last message lists its answerers, and the broker throws it away when the lease is
 * over. It is written before the one that it replaces is taken out, so that a look at the queue always finds one.
 */
final class Answerers {
    private static final String OPENING = "fairlead_opening";
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\d{1,9}) (\\S+)");
    private static final int AT_ONCE = 200;
    private static final int MOST = 10_000;

    private final Administration administration;
    private final String queue;
    private final Duration timeout;
    /** So that a look to which the broker gives no end, which happens when it is busy, is done once more. */
    private final Duration patience;

    private final AtomicLong numbers = new AtomicLong();

    private record Said(long number, byte[] list) {}

    Answerers(Administration administration) {
        this.administration = administration;
        this.queue = QueueNames.answerers(administration.broker().settings().prefix());
        this.timeout = administration.broker().settings().timeout();
        this.patience = timeout.dividedBy(3);
    }

    /** Makes the queue where the broker would take it away as soon as nobody looks at it. */
    void define() {
        if (administration.broker().product() == Broker.Product.ARTEMIS) {
            administration.look("opening the list of who answers", session -> {
                Definitions.create(Management.open(session, timeout), queue);
                return true;
            });
        }
    }

    void announce(String address, List<Presence> all, Duration lease) {
        byte[] list = pack(all);
        administration.look("announcing who answers", session -> {
            long number = numbers.incrementAndGet();
            if (!all.isEmpty()) {
                Message<byte[]> message =
                        Messages.passing(list, lease).property(OPENING, address).property(Messages.NUMBER, number);
                Tracker sent = Links.sender(session, queue, timeout).send(message);
                DeliveryState state =
                        Waiting.get(sent.settlementFuture(), timeout).remoteState();
                if (state == null || !state.isAccepted()) {
                    throw new FairleadException(
                            ErrorCode.UNREACHABLE, "the broker refused to announce who answers (" + state + ")");
                }
            }
            takeOut(session, OPENING + " = '" + address + "' AND " + Messages.NUMBER + " < " + number);
            return true;
        });
    }

    private void takeOut(Session session, String condition) throws ClientException {
        Receiver receiver = Links.selecting(session, queue, condition, timeout);
        for (Delivery each : Links.take(receiver, AT_ONCE, patience)) {
            each.disposition(DeliveryState.accepted(), true);
        }
    }

    Collection<Presence> find(String item) {
        Map<String, Said> last = administration.look("looking for who answers " + item, this::read);
        List<Presence> found = new ArrayList<>();
        last.forEach((address, said) -> unpack(said.list(), address, item, found));
        return found;
    }

    private Map<String, Said> read(Session session) throws ClientException {
        // Artemis shows what has expired to those who browse, and throws it away when somebody wants to take it.
        takeOut(session, OPENING + " = ''");
        Receiver browser = Links.browser(session, queue, OPENING + " <> ''", timeout);
        Map<String, Said> last = new HashMap<>();
        Links.each(browser, patience, each -> note(each.message(), last));
        return last;
    }

    /** ActiveMQ Classic tells what is left of the time to live: one millisecond when nothing is. */
    private static void note(Message<?> message, Map<String, Said> last) throws ClientException {
        if (message.timeToLive() > 1 && last.size() < MOST) {
            last.merge(
                    Messages.text(message, OPENING),
                    new Said(Messages.number(message, Messages.NUMBER), Messages.payload(message)),
                    (one, other) -> one.number() > other.number() ? one : other);
        }
    }

    private static byte[] pack(List<Presence> all) {
        StringBuilder lines = new StringBuilder();
        for (Presence each : all) {
            lines.append(each.number())
                    .append(' ')
                    .append(each.room())
                    .append(' ')
                    .append(each.item())
                    .append('\n');
        }
        return lines.toString().getBytes(UTF_8);
    }

    private static void unpack(byte[] list, String address, String item, List<Presence> found) {
        for (String line : new String(list, UTF_8).split("\n", MOST)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && matcher.group(3).equals(item)) {
                found.add(new Presence(
                        item, address, Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))));
            }
        }
    }
}
