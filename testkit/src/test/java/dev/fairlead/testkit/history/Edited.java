package dev.fairlead.testkit.history;

import dev.fairlead.testkit.history.HistoryEvent.Type;

/** Events of a history that were changed afterwards. */
final class Edited {
    private Edited() {}

    static HistoryEvent type(HistoryEvent event, Type type) {
        return edited(event, type, event.key(), event.sequence(), event.position(), event.epoch(), event.checksum());
    }

    static HistoryEvent checksum(HistoryEvent event, int checksum) {
        return edited(event, event.type(), event.key(), event.sequence(), event.position(), event.epoch(), checksum);
    }

    static HistoryEvent record(HistoryEvent event, long key, long sequence, long position) {
        int checksum = HistoryEvent.checksum(event.item(), key, sequence);
        return edited(event, event.type(), key, sequence, position, event.epoch(), checksum);
    }

    static HistoryEvent place(HistoryEvent event, long position, long epoch) {
        return edited(event, event.type(), event.key(), event.sequence(), position, epoch, event.checksum());
    }

    private static HistoryEvent edited(
            HistoryEvent event, Type type, long key, long sequence, long position, long epoch, int checksum) {
        return new HistoryEvent(
                event.index(),
                event.nanos(),
                event.process(),
                event.group(),
                type,
                event.function(),
                event.item(),
                key,
                sequence,
                position,
                epoch,
                checksum);
    }
}
