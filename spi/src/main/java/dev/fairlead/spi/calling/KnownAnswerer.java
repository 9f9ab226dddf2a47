package dev.fairlead.spi.calling;

import org.jspecify.annotations.Nullable;

/**
 * An answerer as its asker knows it; guarded by the lock of its {@link AskedItem}.
 *
 * <p>It may be listed although its process is dead. So it is handed nothing unless it was heard lately.
 */
final class KnownAnswerer {
    private static final long FULL_NANOS = 1_000_000_000L;
    private static final long HEARD_NANOS = 1_000_000_000L;
    private static final long GREETING_NANOS = 250_000_000L;

    private final AnswererId id;
    private final int room;
    private final boolean isLocal;
    private int holds;
    private @Nullable Long fullSince;
    private @Nullable Long heard;
    private @Nullable Long greeted;

    private KnownAnswerer(Presence presence, boolean isLocal) {
        this.id = AnswererId.of(presence);
        this.room = presence.room();
        this.isLocal = isLocal;
    }

    /** One of the asker's own opening, which is there as long as the asker is. */
    static KnownAnswerer local(Presence presence) {
        return new KnownAnswerer(presence, true);
    }

    static KnownAnswerer listed(Presence presence) {
        return new KnownAnswerer(presence, false);
    }

    AnswererId id() {
        return id;
    }

    /** Whether it is there and has room, as far as this asker knows. */
    boolean hasRoom(long now) {
        return fullSince == null && holds < room && isThere(now);
    }

    boolean isThere(long now) {
        return isLocal || heard != null && now - heard < HEARD_NANOS;
    }

    /** Something came from it. */
    void heard(long now) {
        heard = now;
        greeted = null;
    }

    /** Whether it is time to ask it whether it is there; not again for a moment. */
    boolean greet(long now) {
        if (isThere(now) || greeted != null && now - greeted < GREETING_NANOS) {
            return false;
        }
        greeted = now;
        return true;
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
