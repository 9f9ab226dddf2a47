package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import org.jspecify.annotations.Nullable;

/** Tells the owner what a copy has erased, as soon as it has; tries again while the log cannot take it. For the pump's thread. */
final class CopyErasures {
    private static final System.Logger LOG = System.getLogger(CopyErasures.class.getName());

    private final Applier<?, ?> applier;
    private final @Nullable ErasureNote note;
    private final ErasureJournal journal;
    private long noted = -1;
    private boolean quiet;

    /** @param note null when the mechanism cannot erase */
    CopyErasures(Applier<?, ?> applier, @Nullable ErasureNote note, ErasureJournal journal) {
        this.applier = applier;
        this.note = note;
        this.journal = journal;
    }

    /** To be called after each batch; the first call makes the copy known as a holder. */
    void tell() {
        if (note == null) {
            return;
        }
        long below = applier.erasedBelow();
        if (below <= noted) {
            return;
        }
        try {
            if (applier.newestErasure() > note.below().orElse(0L)) {
                journal.doneBelow(note.holder(), below);
            }
            note.write(below);
            noted = below;
            quiet = false;
        } catch (FairleadException e) {
            if (!quiet && e.code() != ErrorCode.CLOSED) { // who closes says it at the next opening
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> note.holder() + " has erased what it was told to, cannot say so, and tries again",
                        e);
            }
            quiet = true;
        }
    }
}
