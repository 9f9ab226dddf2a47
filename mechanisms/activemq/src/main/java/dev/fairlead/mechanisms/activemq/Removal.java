package dev.fairlead.mechanisms.activemq;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.Session;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * Takes away for good what openings with a prefix have made: on Artemis queues, what is kept for durable subscriptions, and addresses.
 * ActiveMQ Classic deletes nothing over AMQP, so there queues are emptied.
 */
final class Removal {
    private static final Pattern NAME = Pattern.compile("\"([^\"]*)\"");
    private static final int AHEAD = 200;
    private static final long LAST_MILLIS = 500;

    private final Administration administration;
    private final String prefix;

    Removal(Administration administration) {
        this.administration = administration;
        this.prefix = administration.broker().settings().prefix();
    }

    void remove() {
        switch (administration.broker().product()) {
            case ARTEMIS -> administration.look("removing queues", this::destroyAll);
            case CLASSIC -> administration.look("emptying queues", this::emptyAll);
        }
    }

    /** Artemis takes away by itself what it has made and nobody uses, also while this goes on. */
    private boolean destroyAll(Session session) throws ClientException {
        Management management = Management.open(session, timeout());
        List<String> queues = names(management, "getQueueNames");
        List<String> addresses = names(management, "getAddressNames");
        Set<String> mains = mains(queues);
        mains.addAll(mains(addresses));
        for (String queue : queues) {
            if (mains.contains(queue) || QueueNames.isBeside(prefix, queue)) {
                management.end("destroyQueue", "[\"" + queue + "\",true,true]");
            }
        }
        for (String address : names(management, "getAddressNames")) {
            if (mains.contains(address) || QueueNames.isBeside(prefix, address) || isPrefixed(address)) {
                management.end("deleteAddress", "[\"" + address + "\"]");
            }
        }
        return true;
    }

    private static List<String> names(Management management, String operation) throws ClientException {
        return NAME.matcher(management.call(Management.BROKER, operation, "[]"))
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    /** Main queues are known by those beside them: what else begins with the prefix may be of another program. */
    private Set<String> mains(List<String> names) {
        Set<String> mains = new TreeSet<>();
        for (String name : names) {
            String main = QueueNames.mainBeside(name);
            if (main != null && main.startsWith(prefix)) {
                mains.add(main);
            }
        }
        return mains;
    }

    /** An address without a queue is nothing to another program either. */
    private boolean isPrefixed(String address) {
        return !prefix.isEmpty() && address.startsWith(prefix);
    }

    private boolean emptyAll(Session session) throws ClientException {
        String beginning = QueueNames.NOTES + prefix;
        Links.sender(session, beginning + "none", timeout()); // So that the plugin is not silent for want of queues.
        for (Statistics each : Statistics.all(session, QueueNames.NOTES, timeout())) {
            if (each.queue().startsWith(beginning)) {
                String name = each.queue().substring(beginning.length());
                for (String queue : QueueNames.of(prefix, name).all()) {
                    empty(session, queue);
                }
            }
        }
        return true;
    }

    private void empty(Session session, String queue) throws ClientException {
        if (Statistics.of(session, queue, timeout()).size() > 0) {
            Receiver receiver = Links.flowing(session, queue, AHEAD, timeout());
            Delivery next = receiver.receive(LAST_MILLIS, TimeUnit.MILLISECONDS);
            while (next != null) {
                next = receiver.receive(LAST_MILLIS, TimeUnit.MILLISECONDS);
            }
            Waiting.get(receiver.closeAsync(), timeout());
        }
    }

    private Duration timeout() {
        return administration.broker().settings().timeout();
    }
}
