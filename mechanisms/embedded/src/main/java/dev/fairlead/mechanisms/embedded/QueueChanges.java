package dev.fairlead.mechanisms.embedded;

import dev.fairlead.mechanisms.embedded.QueueKeys.Kind;
import org.rocksdb.RocksDBException;

/** What one commit group changes in one queue, with the row that fits it. */
final class QueueChanges {
    private final OpenQueue queue;
    private final CommitGroup group;
    private final QueueRow before;
    private long next;
    private long ready;
    private long later;
    private long dead;
    private long nextDead;

    QueueChanges(OpenQueue queue, CommitGroup group) {
        this.queue = queue;
        this.group = group;
        this.before = queue.row();
        this.next = before.next();
        this.ready = before.ready();
        this.later = before.later();
        this.dead = before.dead();
        this.nextDead = before.nextDead();
    }

    /** Puts a message at the end of the queue; its place. */
    long putReady(byte[] message) throws RocksDBException {
        put(QueueKeys.key(queue.id(), Kind.READY, next), message);
        ready++;
        return next++;
    }

    void putAttempts(long place, int attempts) throws RocksDBException {
        put(QueueKeys.key(queue.id(), Kind.ATTEMPTS, place), Keys.number(attempts));
    }

    void removeReady(long place) throws RocksDBException {
        delete(QueueKeys.key(queue.id(), Kind.READY, place));
        delete(QueueKeys.key(queue.id(), Kind.ATTEMPTS, place));
        ready--;
    }

    void putLater(long due, byte[] message) throws RocksDBException {
        put(QueueKeys.key(queue.id(), Kind.LATER, due, next), message);
        next++;
        later++;
    }

    void removeLater(long due, long place) throws RocksDBException {
        delete(QueueKeys.key(queue.id(), Kind.LATER, due, place));
        later--;
    }

    void putDead(byte[] message) throws RocksDBException {
        put(QueueKeys.key(queue.id(), Kind.DEAD, nextDead), message);
        nextDead++;
        dead++;
    }

    void removeDead(long number) throws RocksDBException {
        delete(QueueKeys.key(queue.id(), Kind.DEAD, number));
        dead--;
    }

    void putDismissal(long moment, long number, byte[] reason) throws RocksDBException {
        put(QueueKeys.key(queue.id(), Kind.DISMISSED, moment, number), reason);
    }

    void removeDismissal(long moment, long number) throws RocksDBException {
        delete(QueueKeys.key(queue.id(), Kind.DISMISSED, moment, number));
    }

    private void put(byte[] key, byte[] value) throws RocksDBException {
        group.batch().put(group.family(Family.MESSAGES), key, value);
    }

    private void delete(byte[] key) throws RocksDBException {
        group.batch().delete(group.family(Family.MESSAGES), key);
    }

    private QueueRow after() {
        return new QueueRow(before.id(), before.definition(), next, ready, later, dead, nextDead);
    }

    void finish() throws RocksDBException {
        if (!after().equals(before)) {
            group.batch().put(group.family(Family.QUEUES), Keys.name(queue.name()), after().bytes());
        }
    }

    void publish() {
        queue.row(after());
    }
}
