package dev.fairlead.mechanisms.activemq;

import java.util.List;
import java.util.UUID;

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

    static QueueNames of(String prefix, String name) {
        String main = prefix + name;
        return new QueueNames(name, main, "FAIRLEAD.LATER." + main, "FAIRLEAD.DEAD." + main, NOTES + main);
    }

    /** The queue in which it stands who answers questions. */
    static String answerers(String prefix) {
        return "FAIRLEAD.ANSWERERS." + prefix;
    }

    /** The queue of an opening that asks or answers. */
    static String letterBox(String prefix) {
        return LETTERS + prefix + UUID.randomUUID();
    }

    /** A topic. */
    static String topic(String prefix, String name) {
        return "FAIRLEAD.TOPIC." + prefix + name;
    }

    List<String> all() {
        return List.of(main, later, dead, notes);
    }
}
