package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Message;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** The management of Artemis, which is asked by messages. For one thread. */
final class Management {
    static final String BROKER = "broker";
    private static final String ADDRESS = "activemq.management";

    /** No such queue, no such address, an address that has queues. */
    private static final Set<String> NOTHING_TO_END = Set.of("AMQ229017", "AMQ229203", "AMQ229205");
    /** An unknown user, and one without a right. */
    private static final Set<String> FORBIDDEN = Set.of("AMQ229031", "AMQ229032", "AMQ229213");

    private final Receiver answers;
    private final Sender questions;
    private final Duration timeout;

    private record Answer(boolean done, String text) {}

    private Management(Receiver answers, Sender questions, Duration timeout) {
        this.answers = answers;
        this.questions = questions;
        this.timeout = timeout;
    }

    static Management open(Session session, Duration timeout) throws ClientException {
        Receiver answers = session.openDynamicReceiver();
        Waiting.get(answers.openFuture(), timeout);
        Sender questions = session.openSender(ADDRESS);
        Waiting.get(questions.openFuture(), timeout);
        return new Management(answers, questions, timeout);
    }

    /**
     * Calls an operation and waits for its answer.
     *
     * @param resource {@link #BROKER}, or {@code queue.} and a name
     * @param arguments as a list in JSON
     */
    String call(String resource, String operation, String arguments) throws ClientException {
        Answer answer = ask(resource, operation, arguments);
        if (!answer.done()) {
            throw refused(resource, operation, answer.text());
        }
        return answer.text();
    }

    /** Calls an operation of the broker that takes something away, unless that is gone or, for an address, in use. */
    void end(String operation, String arguments) throws ClientException {
        Answer answer = ask(BROKER, operation, arguments);
        if (!answer.done() && NOTHING_TO_END.stream().noneMatch(answer.text()::contains)) {
            throw refused(BROKER, operation, answer.text());
        }
    }

    private static FairleadException refused(String resource, String operation, String text) {
        String remedy = FORBIDDEN.stream().anyMatch(text::contains)
                ? "the user needs the right to manage, on address " + ADDRESS
                : "the broker's log may tell more";
        return new FairleadException(
                ErrorCode.STORAGE_ACCESS,
                "the management of Artemis refused " + operation + " of " + resource + ": " + text + " (" + remedy
                        + ")");
    }

    private Answer ask(String resource, String operation, String arguments) throws ClientException {
        questions.send(Message.create(arguments)
                .property("_AMQ_ResourceName", resource)
                .property("_AMQ_OperationName", operation)
                .replyTo(answers.address()));
        Delivery answer = answers.receive(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (answer == null) {
            throw new FairleadException(
                    ErrorCode.UNREACHABLE, "the management of Artemis did not answer " + operation + " of " + resource);
        }
        Message<?> message = answer.message();
        return new Answer(
                !Boolean.FALSE.equals(message.property("_AMQ_OperationSucceeded")), String.valueOf(message.body()));
    }

    /** The one number in an answer. */
    static long number(String answer) {
        Matcher matcher = Pattern.compile("-?\\d+").matcher(answer);
        return matcher.find() ? Long.parseLong(matcher.group()) : 0;
    }

    /** The number behind the name in an answer, which is JSON in a string of JSON. */
    static long number(String answer, String name, long otherwise) {
        Matcher matcher = Pattern.compile(name + "\\\\?\":(-?\\d{1,18})").matcher(answer);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : otherwise;
    }
}
