package dev.fairlead.mechanisms.sql;

/** What those who wait for a change wait for, by the number of its row. */
final class BellNames {
    private BellNames() {}

    static String log(long id) {
        return "l" + id;
    }

    static String queue(long id) {
        return "q" + id;
    }

    static String box(long box) {
        return "b" + box;
    }
}
