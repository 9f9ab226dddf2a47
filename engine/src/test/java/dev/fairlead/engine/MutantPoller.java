package dev.fairlead.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.sql.DataSource;

/** A relay as it is often written, with a cursor, which a race must show to be wrong. */
final class MutantPoller implements AutoCloseable {
    private static final String COLUMNS =
            "SELECT place, written, encode(record_key, 'escape'), version FROM fairlead_outbox WHERE ";

    private final DataSource database;
    private final Function<String[], String> next;
    private final List<String> seen = new ArrayList<>();
    private final Thread thread;
    private String[] last = {"0", "0"};
    private volatile boolean stopping;

    private MutantPoller(DataSource database, Function<String[], String> next) {
        this.database = database;
        this.next = next;
        this.thread = Thread.ofPlatform().daemon().start(this::run);
    }

    static MutantPoller byPlace(DataSource database) {
        return new MutantPoller(database, last -> COLUMNS + "place > " + last[0] + " ORDER BY place");
    }

    static MutantPoller byTransaction(DataSource database) {
        return new MutantPoller(
                database,
                last -> COLUMNS + "written < pg_snapshot_xmin(pg_current_snapshot()) AND (written, place) > ('"
                        + last[1] + "'::xid8, " + last[0] + ") ORDER BY written, place");
    }

    private void run() {
        boolean more = true;
        while (more) {
            more = !stopping;
            for (String row : Databases.query(database, next.apply(last))) {
                String[] columns = row.split(" ");
                last = columns;
                seen.add(columns[2] + " " + columns[3]);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** Looks once more, and ends. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    /** Each event as its key and version. */
    List<String> seen() {
        return seen;
    }

    int swapped() {
        return swapped(seen);
    }

    /** How many events come behind a newer one of their key. */
    static int swapped(List<String> events) {
        Map<String, Integer> newest = new HashMap<>();
        int swapped = 0;
        for (String event : events) {
            String[] parts = event.split(" ");
            int version = Integer.parseInt(parts[1]);
            if (newest.merge(parts[0], version, Math::max) > version) {
                swapped++;
            }
        }
        return swapped;
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
