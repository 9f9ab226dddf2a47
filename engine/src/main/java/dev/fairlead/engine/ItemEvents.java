package dev.fairlead.engine;

import dev.fairlead.api.Cursor;
import dev.fairlead.api.Erasing;
import dev.fairlead.api.Erasure;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Events;
import dev.fairlead.api.Expected;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Outbox;
import dev.fairlead.api.OutboxSettings;
import dev.fairlead.api.Page;
import dev.fairlead.api.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The events of one item, as one handle of a service sees them. */
final class ItemEvents<K, E> implements Events<K, E> {
    private final EventPlan plan;
    private final KeyText<K> keyText;
    private final EventTypes<E> types;
    private final EventAppender appender;
    private final EventPages<K, E> pages;
    private final Groups<K, E> groups;
    private final Outboxes<K, E> outboxes;

    ItemEvents(
            EventPlan plan,
            KeyText<K> keyText,
            EventTypes<E> types,
            EventAppender appender,
            EventPages<K, E> pages,
            Groups<K, E> groups,
            Outboxes<K, E> outboxes) {
        this.plan = plan;
        this.keyText = keyText;
        this.types = types;
        this.appender = appender;
        this.pages = pages;
        this.groups = groups;
        this.outboxes = outboxes;
    }

    @Override
    public Receipt append(K key, E event) {
        return await(admit(key, event, null));
    }

    @Override
    public Receipt append(K key, E event, Expected version) {
        return await(admit(key, event, version));
    }

    @Override
    public CompletableFuture<Receipt> appendAsync(K key, E event) {
        return admit(key, event, null);
    }

    private CompletableFuture<Receipt> admit(K key, E event, @Nullable Expected version) {
        refuseUnlessOwned("append to");
        return appender.append(keyText.bytes(key), EventTypes.nameOf(event), types.encode(event), version);
    }

    @Override
    public void takeOver() {
        refuseUnlessOwned("take over");
        appender.takeOver();
    }

    @Override
    public Erasure erase(K key) {
        refuseUnlessOwned("erase in");
        byte[] name = keyText.bytes(key);
        return outboxes.open().map(outbox -> appender.erase(name, outbox)).orElseGet(() -> appender.erase(name));
    }

    @Override
    public List<Erasure> erasures() {
        refuseUnlessOwned("ask for the erasures of");
        return appender.erasures();
    }

    private void refuseUnlessOwned(String what) {
        if (plan.access() != EventPlan.Access.OWN) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    plan.service() + " does not own " + plan.id() + " and cannot " + what + " it (only its owner may)");
        }
    }

    private static Receipt await(CompletableFuture<Receipt> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FairleadException known
                    ? new FairleadException(known.code(), String.valueOf(known.getMessage()), known)
                    : e;
        }
    }

    @Override
    public Cursor oldest() {
        return pages.oldest();
    }

    @Override
    public Cursor newest() {
        return pages.newest();
    }

    @Override
    public Cursor since(Instant time) {
        return pages.since(time);
    }

    @Override
    public Page<K, E> read(Cursor cursor, int max) {
        return pages.forward(cursor, max);
    }

    @Override
    public Page<K, E> readBack(Cursor cursor, int max) {
        return pages.back(cursor, max);
    }

    @Override
    public Page<K, E> history(K key, Cursor cursor, int max) {
        return pages.history(keyText.bytes(key), cursor, max);
    }

    @Override
    public Following<K, E> follow(String group, Handler<K, E> handler) {
        return follow(group, handler, plan.whenFailing());
    }

    @Override
    public Following<K, E> follow(String group, Handler<K, E> handler, Erasing<K> erasing) {
        return follow(group, handler, plan.whenFailing(), erasing);
    }

    @Override
    public Following<K, E> follow(String group, Handler<K, E> handler, FailurePolicy policy) {
        return follow(group, handler, policy, key -> {});
    }

    @Override
    public Following<K, E> follow(String group, Handler<K, E> handler, FailurePolicy policy, Erasing<K> erasing) {
        return groups.follow(group, handler, policy, erasing);
    }

    @Override
    public Outbox<K, E> outbox(DataSource database) {
        return outbox(database, OutboxSettings.defaults());
    }

    @Override
    public Outbox<K, E> outbox(DataSource database, OutboxSettings settings) {
        return outboxes.open(database, settings);
    }
}
