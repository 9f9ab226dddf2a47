package dev.fairlead.engine.transaction;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** The first and the last event of one key among some that are handled together. */
record Span(InboxNote first, InboxNote last) {
    /** One for each key, in the order of the keys, so that two transactions lock them in the same order. */
    static List<Span> of(List<InboxNote> notes) {
        if (notes.size() == 1) {
            return List.of(new Span(notes.getFirst(), notes.getFirst()));
        }
        TreeMap<byte[], Span> spans = new TreeMap<>(Arrays::compareUnsigned);
        for (InboxNote note : notes) {
            spans.merge(note.key(), new Span(note, note), (known, next) -> new Span(known.first(), next.last()));
        }
        Collection<Span> inOrder = spans.values();
        return List.copyOf(inOrder);
    }
}
