package dev.fairlead.spi.calling;

import org.jspecify.annotations.Nullable;

/** An answerer as its asker knows it; guarded by the lock of its {@link AskedItem}. */
final class KnownAnswerer {
    private static final long FULL_NANOS = 1_000_000_000L;

    private final AnswererId id;
    private final int room;
    private int holds;
    private @Nullable Long fullSince;

    KnownAnswerer(Presence presence) {
        this.id = AnswererId.of(presence);
        this.room = presence.room();
    }

    AnswererId id() {
        return id;
    }

    /** Whether it has room, as far as this asker knows. */
    boolean hasRoom() {
        return fullSince == null && holds < room;
    }

    void take() {
        holds++;
    }

    void release() {
        holds--;
    }

    /** It has no room, until it says otherwise. */
    void full(long now) {
        fullSince = now;
    }

    void roomy() {
        fullSince = null;
    }

    /** It is asked again after a while, in case that what it said was lost. */
    void lookAgain(long now) {
        if (fullSince != null && now - fullSince >= FULL_NANOS) {
            fullSince = null;
        }
    }
}
