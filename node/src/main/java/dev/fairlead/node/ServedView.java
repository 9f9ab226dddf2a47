package dev.fairlead.node;

import dev.fairlead.api.Change;
import dev.fairlead.api.FairleadException;
import dev.fairlead.engine.documents.Document;
import dev.fairlead.node.outside.ValueFilter;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.OutsideView;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Projection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A state item as outside clients see it: what each value shows, and how that changes.
 *
 * <p>A change of what is not shown is none. A value that goes over to another part is removed from the one that it was in; that is known since the
 * node has started, and of so many values. {@link #note} is called by one thread, all else by any.
 */
final class ServedView {
    private static final System.Logger LOG = System.getLogger(ServedView.class.getName());
    private static final int MOST_REMOVALS = 100_000;
    private static final int DIGEST_BYTES = 16;

    private final OutsideView view;
    private final ValueFilter filter;
    private final Projection projection;
    private final ChangeIndex changes = new ChangeIndex();
    private final Map<String, Shown> shown = new HashMap<>();
    private final Deque<Gone> removals = new ArrayDeque<>();

    /** What a key shows at the moment, and to whom. */
    private record Shown(String part, byte[] digest) {
        boolean isLike(Shown other) {
            return part.equals(other.part) && Arrays.equals(digest, other.digest);
        }
    }

    private record Gone(String part, ChangeIndex.Entry entry) {}

    ServedView(OutsideView view, Content.State content, CodecProvider codecs) {
        this.view = view;
        this.filter = ValueFilter.of(view, content, codecs);
        this.projection = codecs.renaming(names(view, OutsideView.STATE));
    }

    /** By field the names that it has outside. */
    static Map<String, List<String>> names(OutsideView view, String record) {
        Map<String, List<String>> names = new HashMap<>();
        view.shown()
                .getOrDefault(record, List.of())
                .forEach(each -> names.computeIfAbsent(each.field(), field -> new ArrayList<>())
                        .add(each.name()));
        return names;
    }

    OutsideView view() {
        return view;
    }

    ValueFilter filter() {
        return filter;
    }

    ChangeIndex changes() {
        return changes;
    }

    /** The document as those see it who see this part; nothing when it is in another. */
    Optional<byte[]> shown(String part, Document document) {
        return filter.part(document.key(), document.content())
                .filter(part::equals)
                .map(its -> projection.apply(document.content()));
    }

    void note(Change<String, Document> change) {
        Optional<Shown> now =
                change instanceof Change.Updated<String, Document> updated ? shown(updated.value()) : Optional.empty();
        Shown before = now.isPresent() ? shown.put(change.key(), now.get()) : shown.remove(change.key());
        if (before != null && now.filter(is -> is.part().equals(before.part())).isEmpty()) {
            removed(before.part(), ChangeIndex.entry(change, true));
        } else if (before == null && now.isEmpty() && filter.isWhole()) {
            removed(ValueFilter.WHOLE, ChangeIndex.entry(change, true));
        }
        if (now.filter(is -> before == null || !is.isLike(before)).isPresent()) {
            changes.note(now.get().part(), ChangeIndex.entry(change, false));
        } else if (!filter.isWhole()) {
            changes.pass(change.mark().sequence());
        }
    }

    /** A value that cannot be read is nobody's. */
    private Optional<Shown> shown(Document document) {
        try {
            return filter.part(document.key(), document.content()).map(part -> new Shown(part, digest(document)));
        } catch (FairleadException unreadable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "a value of " + view.item() + " is shown to nobody outside",
                    unreadable);
            return Optional.empty();
        }
    }

    /** Whoever sees all values can go on from any place after a restart, since the log has all removals; of a part it does not tell whose they were. */
    private void removed(String part, ChangeIndex.Entry entry) {
        ChangeIndex.Entry placed = changes.note(part, entry);
        if (filter.isWhole()) {
            return;
        }
        removals.add(new Gone(part, placed));
        if (removals.size() > MOST_REMOVALS) {
            Gone oldest = removals.remove();
            changes.forget(oldest.part(), oldest.entry());
        }
    }

    private byte[] digest(Document document) {
        return Arrays.copyOf(RequestKey.digest(projection.apply(document.content())), DIGEST_BYTES);
    }
}
