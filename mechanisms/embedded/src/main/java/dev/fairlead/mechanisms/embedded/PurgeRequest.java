package dev.fairlead.mechanisms.embedded;

/** Makes what was overwritten or deleted before go from the write-ahead log; writing waits meanwhile. */
final class PurgeRequest extends PlainRequest {
    private static final int BYTES = 64;

    private final Database database;

    private PurgeRequest(Database database) {
        this.database = database;
    }

    /** Waits until neither the log nor the range of the family holds any of it. */
    static void purge(WriteQueue queue, Database database, Family family, byte[] from, byte[] to) {
        PurgeRequest request = new PurgeRequest(database);
        Outcome.of(queue, request, request.result());
        database.purge(family, from, to);
    }

    @Override
    public long bytes() {
        return BYTES;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public boolean small() {
        return true;
    }

    @Override
    public void prepare(CommitGroup group) {
        database.purgeLogs();
    }

    @Override
    public void publish(TailBudget tails) {}
}
