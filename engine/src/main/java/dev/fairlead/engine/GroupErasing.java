package dev.fairlead.engine;

import dev.fairlead.api.Erasing;
import dev.fairlead.spi.LogRecord;
import org.jspecify.annotations.Nullable;

/** What a group does with the record of an erasure, beside dropping what it has parked. */
final class GroupErasing<K> {
    private static final System.Logger LOG = System.getLogger(GroupErasing.class.getName());

    private final String name;
    private final KeyText<K> keyText;
    private final EventInlet<K, ?> inlet;
    private final Erasing<K> erasing;

    GroupErasing(String name, KeyText<K> keyText, EventInlet<K, ?> inlet, Erasing<K> erasing) {
        this.name = name;
        this.keyText = keyText;
        this.inlet = inlet;
        this.erasing = erasing;
    }

    /** Whether the record tells that its key was erased. */
    boolean concerns(LogRecord record) {
        return inlet.erases(record);
    }

    /** Lets the application erase its part; what it threw, or null. */
    @Nullable
    Throwable erase(LogRecord record) {
        try {
            erasing.erase(keyText.key(record.key()));
            return null;
        } catch (Throwable failure) { // whatever an application throws concerns its key and no other
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> name + " could not erase what it made of the key of record " + record.offset()
                            + ", and tries again",
                    failure);
            return failure;
        }
    }
}
