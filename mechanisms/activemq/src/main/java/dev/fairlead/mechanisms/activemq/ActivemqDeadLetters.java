package dev.fairlead.mechanisms.activemq;

import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.DeliveryState;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** The dead letters of one queue: messages on a queue of their own, which are read by looking through it. */
final class ActivemqDeadLetters implements DeadLetters {
    private static final long MOST_BYTES = 16L << 20;
    private static final int NUMBERS_AT_ONCE = 50;
    private static final String DISMISSED = "dismissed";
    private static final String DISMISSALS = Messages.NOTE + " = '" + DISMISSED + "'";

    private final Opening opening;
    private final QueueNames names;
    private final Duration timeout;

    ActivemqDeadLetters(Opening opening, QueueNames names) {
        this.opening = opening;
        this.names = names;
        this.timeout = opening.broker().settings().timeout();
    }

    @Override
    public List<DeadLetter> list(long after, int most) {
        Administration administration = opening.administration();
        QueueLimits.checkList(names.name(), most);
        return administration.look("listing dead letters of queue " + names.name(), session -> {
            Page page = new Page(most);
            Receiver browser = Links.browser(session, names.dead(), Messages.NUMBER + " > " + after, timeout);
            Links.each(browser, timeout, each -> page.add(letter(each.message())));
            return List.copyOf(page.letters.values());
        });
    }

    /** The oldest dead letters, as many as fit. */
    private static final class Page {
        private final int most;
        private final TreeMap<Long, DeadLetter> letters = new TreeMap<>();
        private long bytes;

        Page(int most) {
            this.most = most;
        }

        void add(DeadLetter letter) {
            letters.put(letter.number(), letter);
            bytes += letter.message().size();
            while (letters.size() > most || (bytes > MOST_BYTES && letters.size() > 1)) {
                bytes -= letters.pollLastEntry().getValue().message().size();
            }
        }
    }

    private static DeadLetter letter(Message<?> message) throws ClientException {
        return new DeadLetter(
                Messages.number(message, Messages.NUMBER),
                Messages.question(message),
                (int) Messages.number(message, Messages.ATTEMPTS),
                Messages.text(message, Messages.REASON),
                Nanos.moment(Messages.number(message, Messages.SINCE)));
    }

    @Override
    public Optional<DeadLetter> find(long number) {
        return opening.administration().look("looking for a dead letter of queue " + names.name(), session -> {
            List<Delivery> found =
                    Links.take(Links.browser(session, names.dead(), isOne(List.of(number)), timeout), 1, timeout);
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(letter(found.getFirst().message()));
        });
    }

    private static String isOne(List<Long> numbers) {
        return numbers.stream().map(number -> Messages.NUMBER + " = " + number).collect(Collectors.joining(" OR "));
    }

    @Override
    public int redrive(List<Long> numbers) {
        Administration administration = opening.administration();
        if (numbers.isEmpty()) {
            return 0;
        }
        QueueLimits.checkList(names.name(), numbers.size());
        List<Long> wanted = List.copyOf(new LinkedHashSet<>(numbers));
        return administration.once("sending dead letters of queue " + names.name() + " again", session -> {
            Map<Long, Delivery> found = take(session, wanted);
            if (found.isEmpty()) {
                return 0;
            }
            Sender main = Links.sender(session, names.main(), timeout);
            session.beginTransaction();
            for (Long number : wanted) {
                Delivery delivery = found.get(number);
                if (delivery != null) {
                    Message<Object> again = delivery.message();
                    Messages.copy(again);
                    for (String own : List.of(Messages.NUMBER, Messages.ATTEMPTS, Messages.REASON, Messages.SINCE)) {
                        again.removeProperty(own);
                    }
                    delivery.disposition(DeliveryState.accepted(), true);
                    main.send(again);
                }
            }
            commit(session);
            return found.size();
        });
    }

    /** Takes those that are there and that nobody else has taken; they go back at the end of the session. */
    private Map<Long, Delivery> take(Session session, List<Long> wanted) throws ClientException {
        Map<Long, Delivery> found = new HashMap<>();
        long bytes = 0;
        for (int from = 0; from < wanted.size(); from += NUMBERS_AT_ONCE) {
            List<Long> some = wanted.subList(from, Math.min(wanted.size(), from + NUMBERS_AT_ONCE));
            Receiver receiver = Links.selecting(session, names.dead(), isOne(some), timeout);
            for (Delivery each : Links.take(receiver, some.size(), timeout)) {
                found.put(Messages.number(each.message(), Messages.NUMBER), each);
                bytes += Messages.question(each.message()).size();
                if (bytes > MOST_BYTES) {
                    throw QueueLimits.bad(
                            names.name(),
                            "dead letters of at most " + MOST_BYTES + " bytes are sent again at once; send fewer");
                }
            }
        }
        return found;
    }

    private void commit(Session session) throws ClientException {
        try {
            session.commitTransaction();
        } catch (ClientException e) {
            throw Failures.unknown("changing dead letters of queue " + names.name(), e);
        }
    }

    @Override
    public void dismiss(long number, String reason) {
        Administration administration = opening.administration();
        QueueLimits.checkReason(names.name(), reason);
        administration.once("dismissing a dead letter of queue " + names.name(), session -> {
            Delivery delivery = take(session, List.of(number)).get(number);
            if (delivery == null) {
                throw QueueLimits.bad(
                        names.name(),
                        "there is no dead letter " + number + "; it was sent again or dismissed before (list them)");
            }
            Sender notes = Links.sender(session, names.notes(), timeout);
            session.beginTransaction();
            delivery.disposition(DeliveryState.accepted(), true);
            notes.send(Message.create(new byte[0])
                    .durable(true)
                    .property(Messages.NOTE, DISMISSED)
                    .property(Messages.NUMBER, number)
                    .property(Messages.REASON, reason)
                    .property(Messages.SINCE, Nanos.of(opening.time().now())));
            commit(session);
            trim(session);
            return true;
        });
    }

    private void trim(Session session) throws ClientException {
        int surplus = notes(session).size() - MOST;
        if (surplus > 0) {
            Receiver oldest = Links.selecting(session, names.notes(), DISMISSALS, timeout);
            for (Delivery each : Links.take(oldest, surplus, timeout)) {
                each.disposition(DeliveryState.accepted(), true);
            }
        }
    }

    @Override
    public List<Dismissal> dismissals() {
        return opening.administration()
                .look(
                        "listing dismissals of queue " + names.name(),
                        session ->
                                notes(session).reversed().stream().limit(MOST).toList());
    }

    /** All dismissals, the oldest first. */
    private List<Dismissal> notes(Session session) throws ClientException {
        List<Dismissal> found = new ArrayList<>();
        Receiver browser = Links.browser(session, names.notes(), DISMISSALS, timeout);
        Links.each(browser, timeout, each -> found.add(dismissal(each.message())));
        return found;
    }

    private static Dismissal dismissal(Message<?> message) throws ClientException {
        return new Dismissal(
                Messages.number(message, Messages.NUMBER),
                Messages.text(message, Messages.REASON),
                Nanos.moment(Messages.number(message, Messages.SINCE)));
    }
}
