package dev.fairlead.testkit.history;

/** What a record, or a question, is called. */
record RecordId(int item, long key, long sequence) {
    static RecordId of(HistoryEvent event) {
        return new RecordId(event.item(), event.key(), event.sequence());
    }
}
