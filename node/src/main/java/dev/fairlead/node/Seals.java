package dev.fairlead.node;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.node.outside.SealedCursors;
import dev.fairlead.node.outside.ValueFilter;
import dev.fairlead.planner.ItemId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** Seals the places of outside clients. */
final class Seals {
    private final SealedCursors cursors;
    private final String run = UUID.randomUUID().toString();

    private Seals(SealedCursors cursors) {
        this.cursors = cursors;
    }

    /** With a key that stays in this folder. */
    static Seals in(Path folder) {
        try {
            return new Seals(SealedCursors.in(folder));
        } catch (IOException e) {
            throw new FairleadException(
                    ErrorCode.STORAGE_ACCESS,
                    "the key of cursors in " + folder + " cannot be read or written: " + e,
                    e);
        }
    }

    /** Of changes. Which values went out of a part is known of this run of the node only, so that a cursor of an earlier one tells too little. */
    Seal ofChanges(ItemId item, Outlook outlook) {
        String since = outlook.part().equals(ValueFilter.WHOLE) ? "" : run;
        return closed("changes", item, outlook, since);
    }

    /** Of events, which stay. */
    Seal ofEvents(ItemId item, Outlook outlook) {
        return closed("events", item, outlook, "");
    }

    private Seal closed(String what, ItemId item, Outlook outlook, String since) {
        return new Seal.Closed(
                cursors, item, String.join("\n", what, item.toString(), outlook.clients(), since, outlook.part()));
    }
}
