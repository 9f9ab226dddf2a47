package dev.fairlead.mechanisms.sql;

/** The tables of queues on one server. */
final class QueueTables {
    private final QueueRows queues;
    private final MessageRows messages;
    private final DeadRows dead;
    private final MessageErasure erasure;

    QueueTables(Database database, Tables tables) {
        this.queues = new QueueRows(database, tables);
        this.messages = new MessageRows(database, tables);
        this.dead = new DeadRows(database, messages, tables);
        this.erasure = new MessageErasure(database, messages, tables);
    }

    QueueRows queues() {
        return queues;
    }

    MessageRows messages() {
        return messages;
    }

    DeadRows dead() {
        return dead;
    }

    MessageErasure erasure() {
        return erasure;
    }
}
