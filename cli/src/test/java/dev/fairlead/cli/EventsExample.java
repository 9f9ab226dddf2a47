package dev.fairlead.cli;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Expected;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Page;
import dev.fairlead.api.ParkedKey;
import java.util.ArrayList;
import java.util.List;

/** The code that docs/events.md shows; {@link EventsPageTest} holds the two together and runs it. */
final class EventsExample {
    private EventsExample() {}

    // events begins
    sealed interface Sale {}

    record ItemAdded(String sku, int quantity) implements Sale {}

    record Closed() implements Sale {}

    static final EventItem<String, Sale> SALES = EventItem.of("checkout.sale", String.class, Sale.class);

    static boolean close(Events<String, Sale> sales, String saleId, long versionSeen) {
        try {
            sales.append(saleId, new Closed(), Expected.version(versionSeen));
            return true;
        } catch (FairleadException e) {
            if (e.code() == ErrorCode.VERSION_CONFLICT) {
                return false; // another writer was first: read the history and decide again
            }
            throw e;
        }
    }

    static List<EventRecord<String, Sale>> all(Events<String, Sale> sales) {
        List<EventRecord<String, Sale>> records = new ArrayList<>();
        Cursor cursor = sales.oldest();
        for (Page<String, Sale> page = sales.read(cursor, 100);
                !page.next().equals(cursor);
                page = sales.read(cursor, 100)) {
            records.addAll(page.records());
            cursor = page.next();
        }
        return records;
    }

    static Following<String, Sale> ship(Events<String, Sale> sales, Handler.Action<String, Sale> action) {
        return sales.follow("labels", Handler.effect(action));
    }

    static void sendAgain(Following<String, Sale> labels) {
        for (ParkedKey parked : labels.parked()) {
            labels.redrive(parked.key());
        }
    }
    // events ends
}
