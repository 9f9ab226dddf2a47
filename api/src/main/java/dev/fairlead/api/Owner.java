package dev.fairlead.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/**
 * The writing side of a state item, held by the one service that owns it.
 *
 * <p>Safe for many threads; the versions and the order of one key's writes are those in which the calls were admitted. A
 * blocking call returns when the record has the durability that the plan asks for. While it waits it may share one disk
 * flush with other writers. If another instance of the service takes the item over, every later call fails with
 * {@link ErrorCode#FENCED}. A failed write left nothing in the log, except for {@link ErrorCode#OUTCOME_UNKNOWN}.
 */
public interface Owner<K, V> {
    /** Writes the value as the newest of its key and waits for the receipt. */
    Receipt put(V value);

    /**
     * Writes the value only if the key's value has the expected version at that moment, or, for {@link Expected#none}, if the key has no
     * value: it is new, removed or erased. Of several writers with the same expectation one wins, and the others get
     * {@link ErrorCode#VERSION_CONFLICT} and wrote nothing. The message tells the version found, 0 where there is no value.
     */
    Receipt put(V value, Expected version);

    /** Writes the values in their order, as one batch, and waits; the receipts come in the same order. */
    List<Receipt> putAll(List<V> values);

    /** Removes the key and waits; a key that is not there gets a removal all the same, so that every copy agrees. */
    Receipt remove(K key);

    /** Removes the key only if its value has the expected version at that moment, as {@link #put(Object, Expected)} writes. */
    Receipt remove(K key, Expected version);

    /**
     * Writes the value as the newest of its key, marks the key as no longer in use, and waits.
     *
     * <p>It can be read as before, and every reading and change of it says so in its {@link Mark#retired}. A later put takes the
     * key into use again.
     */
    Receipt retire(V value);

    /**
     * Erases the key: nothing of its values is to be found afterwards, in the item's log and in every copy.
     *
     * <p>Removes the key as {@link #remove} does, then takes the content of all its records out of the log, out of its files
     * too, and returns when this is done; it takes as long as reading and rewriting the log. The copies drop the key as they
     * come to it, and say so; the returned report tells who has. A service that is not running does its part when it is back.
     * The key itself stays, as the name of what was erased, and its versions go on. If the owner fails or is killed in the
     * middle, the erasure is finished when the item is owned next. What waits of the key in the item's outbox is erased as well, see
     * {@link Events#erase}.
     *
     * @throws FairleadException with {@link ErrorCode#CAPABILITY}, before anything is written, when the mechanism cannot erase, or the
     *     item has an outbox that is not open here
     */
    Erasure erase(K key);

    /**
     * The erasures whose records are still in the log, the oldest first, each as it stands now: of every key the last one, unless
     * the key was written again since and the log has dropped what that superseded.
     */
    List<Erasure> erasures();

    /**
     * Admits the value and returns at once; the future completes as {@link #put} would return or throw.
     *
     * <p>Blocks only while too many writes are under way. Calls of one thread are admitted in their order.
     */
    CompletableFuture<Receipt> putAsync(V value);

    /**
     * Opens the item's outbox in the owner's own database, PostgreSQL or H2, and starts its relay, which takes the item over whenever
     * it becomes the one of all instances that relays. Direct writes have their place among those of the outbox.
     *
     * @throws FairleadException with {@link ErrorCode#CAPABILITY} when the database is of another kind, with
     *     {@link ErrorCode#DATABASE} when the tables are missing or have other columns
     */
    StateOutbox<K, V> outbox(DataSource database, OutboxSettings settings);

    /** The fingerprint of all admitted and acknowledged values, to compare with a copy's. */
    Digest digest();

    /** How many keys have a value. */
    long size();

    /**
     * Takes the item over anew, also from another instance that has fenced this one off, and reads from the log what was written meanwhile; it takes
     * as long as that. Who calls it whenever it was fenced off fights with the other; it is for an instance to which writers have come back.
     */
    void takeOver();

    /** The number of this ownership; it grows with each take-over of the item. */
    long epoch();
}
