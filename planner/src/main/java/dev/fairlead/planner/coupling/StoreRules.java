package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Need;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.Share;
import java.util.stream.Collectors;

/** Databases that more than one service uses. */
final class StoreRules {
    private final Structure structure;
    private final Judgements judgements;

    StoreRules(Structure structure, Judgements judgements) {
        this.structure = structure;
        this.judgements = judgements;
    }

    void check() {
        structure.items().forEach(this::writers);
        structure.dependencies().forEach(this::look);
    }

    private void writers(Share share) {
        if (!share.terms().alsoWrittenBy().isEmpty()) {
            judgements.error(
                    Rule.SHARED_WRITE,
                    share.terms().alsoWrittenBy().getFirst().place(),
                    "`" + share.id() + "` is written by "
                            + share.terms().alsoWrittenBy().stream()
                                    .map(each -> "`" + each.text() + "`")
                                    .collect(Collectors.joining(", "))
                            + " besides its owner, so that nobody can promise its versions or its rules"
                            + " (let the others tell the owner what to write, or split the item)");
        }
    }

    private void look(Dependency dependency) {
        Need.Direct direct = dependency.need().direct();
        if (direct != null && direct.store() == Need.Store.TABLE) {
            judgements.error(
                    Rule.UNVIEWED_TABLE,
                    direct.place(),
                    "`" + dependency.reader() + "` reads the table behind `"
                            + dependency.share().id()
                            + "`, so that `" + dependency.owner()
                            + "` can change no column alone (take the feed or the request; at least let the owner keep a view)");
        }
    }
}
