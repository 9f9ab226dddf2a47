package dev.fairlead.node;

import dev.fairlead.node.outside.SealedCursors;
import dev.fairlead.planner.ItemId;

/** What a caller is told of places in a log: for who is outside they are sealed. */
sealed interface Seal {
    /** What the caller gets of a place. */
    String closed(String place);

    /** The place that a caller gives; fails with MUST_REFETCH when it is none of his, with BAD_REQUEST when it is none at all. */
    String opened(String text);

    /** For callers who may know how much there is. */
    record Open() implements Seal {
        @Override
        public String closed(String place) {
            return place;
        }

        @Override
        public String opened(String text) {
            return text;
        }
    }

    /** @param about what the place is of, and who sees it */
    record Closed(SealedCursors cursors, ItemId item, String about) implements Seal {
        @Override
        public String closed(String place) {
            return place.isEmpty() ? place : cursors.seal(about, place);
        }

        @Override
        public String opened(String text) {
            if (text.isEmpty()) {
                return text;
            }
            if (!SealedCursors.isSealed(text)) {
                throw new Problem(
                        ProblemType.BAD_REQUEST,
                        "this is no cursor of " + item + " (give what an answer had under next)");
            }
            return cursors.open(about, text)
                    .orElseThrow(() -> new Problem(
                            ProblemType.MUST_REFETCH,
                            "from this cursor something of " + item + " could be missed (begin without a cursor)"));
        }
    }
}
