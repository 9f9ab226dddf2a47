package dev.fairlead.engine;

import dev.fairlead.api.Erasing;
import dev.fairlead.spi.LogRecord;
import org.jspecify.annotations.Nullable;

/** What a group does with the record of an erasure, beside dropping what it has parked, and what it says of it. */
final class GroupErasing<K> {
    private static final System.Logger LOG = System.getLogger(GroupErasing.class.getName());

    private final String name;
    private final String holder;
    private final KeyText<K> keyText;
    private final EventInlet<K, ?> inlet;
    private final Erasing<K> erasing;
    private final ErasureJournal journal;

    GroupErasing(
            String name,
            FollowerList.Name holder,
            KeyText<K> keyText,
            EventInlet<K, ?> inlet,
            Erasing<K> erasing,
            ErasureJournal journal) {
        this.name = name;
        this.holder = holder.holder();
        this.keyText = keyText;
        this.inlet = inlet;
        this.erasing = erasing;
        this.journal = journal;
    }

    /** Whether the record tells that its key was erased. */
    boolean concerns(LogRecord record) {
        return inlet.erases(record);
    }

    /** Lets the application erase its part, and says so; what the application threw, or null. */
    @Nullable
    Throwable erase(LogRecord record) {
        try {
            erasing.erase(keyText.key(record.key()));
        } catch (Throwable failure) { // whatever an application throws concerns its key and no other
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> name + " could not erase what it made of the key of record " + record.offset(),
                    failure);
            return failure;
        }
        journal.done(holder, record.offset());
        return null;
    }

    /** Says, durably, that the attempts have come to their end, so that nobody takes the group's position for an acknowledgement. */
    void failed(LogRecord record, String error) {
        journal.failed(holder, record.offset(), error);
    }
}
