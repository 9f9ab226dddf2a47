package dev.fairlead.node;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.Erasure;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Expected;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.engine.documents.Document;
import dev.fairlead.node.search.SecondaryIndex;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Projection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A state item of the node: one copy of it for all readers, its keys in order, and its owner as soon as somebody writes.
 *
 * <p>Where the node's own store carries the item nobody else can own it, so that it is owned from the start.
 */
final class ServedState {
    private static final System.Logger LOG = System.getLogger(ServedState.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Share share;
    private final Content.State content;
    private final Fairlead service;
    private final StateItem<String, Document> handle;
    private final Copy<String, Document> copy;
    private final @Nullable Lookup<String, Document> lookup;
    private final ChangeIndex changes = new ChangeIndex();
    private final SecondaryIndex searched;
    private final LatelyRead latelyRead = new LatelyRead();
    private final TakeBack takeBack;
    private final Map<String, ServedView> views = new HashMap<>();
    private final Map<Set<String>, Sight> inside = new ConcurrentHashMap<>();
    private @Nullable Owner<String, Document> owner;

    /** @param searched the fields by which values are looked up */
    ServedState(
            Share share,
            Content.State content,
            Set<String> searched,
            Fairlead service,
            String carrier,
            CodecProvider codecs) {
        this.share = share;
        this.content = content;
        this.service = service;
        this.takeBack = TakeBack.of(carrier, () -> own().takeOver());
        this.handle = StateItem.of(share.id().toString(), String.class, Document.class);
        this.searched = new SecondaryIndex(share.id().toString(), content.fields(), searched, codecs);
        share.views().forEach(view -> views.put(view.clients(), new ServedView(view, content, codecs)));
        this.copy = service.copy(handle, this::note);
        this.lookup = lookup(service, handle);
    }

    private static @Nullable Lookup<String, Document> lookup(Fairlead service, StateItem<String, Document> handle) {
        try {
            return service.lookup(handle);
        } catch (FairleadException e) {
            if (e.code() == ErrorCode.CAPABILITY) {
                return null;
            }
            throw e;
        }
    }

    private void note(Change<String, Document> change) {
        views.values().forEach(view -> view.note(change));
        searched.note(change);
        changes.note(change);
    }

    Share share() {
        return share;
    }

    /** What services see that use these fields. */
    Sight inside(Set<String> fields, Function<Set<String>, Projection> projections) {
        return inside.computeIfAbsent(fields, any -> new ProjectedValues(projections.apply(fields)));
    }

    /** The item as these outside clients see it; null when they do not. */
    @Nullable
    ServedView view(String clients) {
        return views.get(clients);
    }

    /** The item as a client looks at it who has a view. */
    ServedView outside(Outlook outlook) {
        ServedView view = views.get(outlook.clients());
        if (view == null) {
            throw Policy.nothing();
        }
        return view;
    }

    /** The changes as the caller with this grant sees them. */
    ChangeIndex changes(Grant grant) {
        return grant.outlook().map(outlook -> outside(outlook).changes()).orElse(changes);
    }

    /** Lets all who wait for a change see whether they still may. */
    void rouse() {
        changes.rouse();
        views.values().forEach(view -> view.changes().rouse());
    }

    /** Lets nobody wait any more. */
    void end() {
        changes.close();
        views.values().forEach(view -> view.changes().close());
    }

    Content.State content() {
        return content;
    }

    Copy<String, Document> copy() {
        return copy;
    }

    /** The way past the copy, where the mechanism has one. */
    @Nullable
    Lookup<String, Document> lookup() {
        return lookup;
    }

    /** What has changed, and the keys. */
    ChangeIndex changes() {
        return changes;
    }

    LatelyRead latelyRead() {
        return latelyRead;
    }

    /** The keys by the values of other fields. */
    SecondaryIndex searched() {
        return searched;
    }

    /** Takes the item over, unless that was done before. */
    synchronized Owner<String, Document> own() {
        Owner<String, Document> owned = owner;
        if (owned == null) {
            owned = service.own(handle);
            owner = owned;
        }
        return owned;
    }

    /** Writes the document, and returns when this node's reads show it too. */
    Receipt put(Document document, @Nullable Expected expected) {
        Owner<String, Document> owned = own();
        return shown(takeBack.during(() -> expected == null ? owned.put(document) : owned.put(document, expected)));
    }

    /** Removes the key as {@link #put} writes. */
    Receipt remove(String key, @Nullable Expected expected) {
        Owner<String, Document> owned = own();
        return shown(takeBack.during(() -> expected == null ? owned.remove(key) : owned.remove(key, expected)));
    }

    /** Erases the key for good, and returns when this node's reads have none of it either. */
    Erasure erase(String key) {
        Owner<String, Document> owned = own();
        Erasure erasure = takeBack.during(() -> owned.erase(key));
        changes.awaitReached(erasure.position().offset(), PATIENCE);
        return erasure;
    }

    private Receipt shown(Receipt receipt) {
        try {
            copy.read(receipt.key(), receipt, PATIENCE);
            changes.awaitReached(receipt.position().offset(), PATIENCE);
        } catch (FairleadException late) { // it is written all the same
            LOG.log(System.Logger.Level.DEBUG, () -> "the copy of " + share.id() + " is behind a write", late);
        }
        return receipt;
    }
}
