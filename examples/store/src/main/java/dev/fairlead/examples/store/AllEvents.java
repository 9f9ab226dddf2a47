package dev.fairlead.examples.store;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Page;
import java.util.ArrayList;
import java.util.List;

/** All events that a log holds now, page by page. */
record AllEvents<K, E>(Events<K, E> events) {
    private static final int PAGE = 1000;

    List<EventRecord<K, E>> read() {
        List<EventRecord<K, E>> records = new ArrayList<>();
        Cursor cursor = events.oldest();
        Page<K, E> page = events.read(cursor, PAGE);
        while (!page.next().equals(cursor)) {
            records.addAll(page.records());
            cursor = page.next();
            page = events.read(cursor, PAGE);
        }
        return records;
    }
}
