package dev.fairlead.mechanisms.activemq;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The broker's queues that make up one of ours. Those beside the main one have capitals in their names, which no item has.
 *
 * @param name ours
 * @param main what waits and what receivers hold
 * @param later what is not handed out yet
 * @param dead what was set aside
 * @param notes that the queue is defined, and what was dismissed
 */
record QueueNames(String name, String main, String later, String dead, String notes) {
    static final String NOTES = "FAIRLEAD.NOTES.";
    static final String LETTERS = "FAIRLEAD.LETTERS.";
    private static final String LATER = "FAIRLEAD.LATER.";
    private static final String DEAD = "FAIRLEAD.DEAD.";
    private static final String ANSWERERS = "FAIRLEAD.ANSWERERS.";
    private static final String TOPIC = "FAIRLEAD.TOPIC.";

    static QueueNames of(String prefix, String name) {
        String main = prefix + name;
        return new QueueNames(name, main, LATER + main, DEAD + main, NOTES + main);
    }

    /** The main queue that the one of this name is beside; null when it is beside none. */
    static @Nullable String mainBeside(String queue) {
        return Stream.of(NOTES, LATER, DEAD)
                .filter(queue::startsWith)
                .map(beginning -> queue.substring(beginning.length()))
                .findFirst()
                .orElse(null);
    }

    /** Whether it is one that openings with the prefix make beside main queues, or for questions and topics. */
    static boolean isBeside(String prefix, String queue) {
        return queue.equals(answerers(prefix))
                || Stream.of(NOTES, LATER, DEAD, LETTERS, TOPIC)
                        .anyMatch(beginning -> queue.startsWith(beginning + prefix));
    }

    /** The queue in which it stands who answers questions. */
    static String answerers(String prefix) {
        return ANSWERERS + prefix;
    }

    /** The queue of an opening that asks or answers. */
    static String letterBox(String prefix) {
        return LETTERS + prefix + UUID.randomUUID();
    }

    /** A topic. */
    static String topic(String prefix, String name) {
        return TOPIC + prefix + name;
    }

    List<String> all() {
        return List.of(main, later, dead, notes);
    }
}
