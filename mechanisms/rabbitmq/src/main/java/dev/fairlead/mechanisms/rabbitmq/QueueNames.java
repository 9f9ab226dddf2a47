package dev.fairlead.mechanisms.rabbitmq;

/**
 * What one queue is made of on the server. None of the names can be that of a log.
 *
 * @param name as users know it
 * @param main the quorum queue from which receivers take
 * @param later the quorum queue of what is not to be handed out yet
 * @param dead the stream of dead letters, and of what became of them
 */
record QueueNames(String name, String main, String later, String dead) {
    static QueueNames of(String prefix, String name) {
        String beginning = prefix + name;
        return new QueueNames(name, beginning + ":queue", beginning + ":later", beginning + ":dead");
    }

    /** The key under which openings are asked what they hold. */
    String inquiry() {
        return main;
    }

    /** The exclusive queue that serves as a lock on the dead letters. */
    String lock() {
        return main + ":lock";
    }
}
