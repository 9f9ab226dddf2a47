package dev.fairlead.planner.lock;

import dev.fairlead.planner.Content;
import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.ItemKind;
import dev.fairlead.planner.Landscape;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Scenario;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.coupling.Metrics;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for a plan, for people to review and for the runtime to open by. Immutable; the same plan gives the same lock.
 *
 * @param items by id
 * @param metrics of the landscape, by name: what later plans are measured against
 */
public record Lock(SortedMap<String, LockedItem> items, SortedMap<String, Double> metrics) {
    /** Records per second that one partition is to carry at most; a third of what the embedded log does. */
    private static final double OF_ONE_PARTITION = 100_000;

    /** What is locked where nothing is. */
    public static final Lock NONE = new Lock(new TreeMap<>(), new TreeMap<>());

    public Lock {
        items = Collections.unmodifiableSortedMap(new TreeMap<>(items));
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /**
     * The lock of a decided plan, without metrics.
     *
     * @param earlier whose schema versions and partitions go on; null when there was none
     */
    public static Lock of(Plan plan, Decisions decisions, @Nullable Lock earlier) {
        TreeMap<String, LockedItem> items = new TreeMap<>();
        for (Share share : plan.items()) {
            String id = share.id().toString();
            LockedItem item = item(plan, decisions, share);
            LockedItem before = earlier == null ? null : earlier.items.get(id);
            items.put(id, before == null ? item : item.after(before));
        }
        return new Lock(items, new TreeMap<>());
    }

    /** The same with these metrics as the baseline. */
    public Lock with(Metrics measured) {
        return new Lock(items, metrics(measured.landscape()));
    }

    private static LockedItem item(Plan plan, Decisions decisions, Share share) {
        TreeMap<String, String> readers = new TreeMap<>();
        TreeMap<String, String> places = new TreeMap<>();
        place(share, places);
        double partitions = 1;
        for (Decision decision : decisions.of(share.id())) {
            readers.put(decision.reader(), decision.scenario().word() + " on " + decision.mechanism());
            if (share.kind() == ItemKind.STATE && decision.scenario() == Scenario.REQUEST) {
                places.put("table", share.id().toString());
            }
            if (!decision.mechanism().equals(Landscape.EMBEDDED) && decision.scenario() != Scenario.REQUEST) {
                double changes = share.volume().changes() == null
                        ? 1
                        : share.volume().changes().high();
                partitions = Math.max(partitions, Math.ceil(changes / OF_ONE_PARTITION));
            }
        }
        int power = Integer.highestOneBit((int) Math.min(1 << 16, Math.max(1, 2 * partitions - 1)));
        return new LockedItem(List.of(share.schemaHash().hex()), places, power, readers);
    }

    private static void place(Share share, SortedMap<String, String> places) {
        String name = share.id().toString();
        if (share.kind() != ItemKind.REQUEST) {
            places.put("topic", name);
        } else if (share.content() instanceof Content.Request request
                && request.delivery() == Content.Delivery.GUARANTEED) {
            places.put("queue", name);
        }
    }

    private static SortedMap<String, Double> metrics(Metrics.OfLandscape all) {
        TreeMap<String, Double> metrics = new TreeMap<>();
        metrics.put("siy", (double) all.siy());
        metrics.put("scf", all.scf());
        metrics.put("ccd", (double) all.ccd());
        metrics.put("acd", all.acd());
        metrics.put("nccd", all.nccd());
        metrics.put("propagationCost", all.propagationCost());
        metrics.put("longestSyncChain", (double) all.longestSyncChain());
        metrics.put("acu", all.acu());
        metrics.put("sdb", all.sdb());
        metrics.replaceAll((name, value) -> Math.round(value * 1e4) / 1e4);
        return metrics;
    }

    /** What is locked of one service: the items that it owns, and those that it reads with its own way of reading. */
    public Lock of(String service) {
        TreeMap<String, LockedItem> own = new TreeMap<>();
        items.forEach((id, item) -> {
            String way = item.readers().get(service);
            if (id.startsWith(service + ".")) {
                own.put(id, item);
            } else if (way != null) {
                own.put(
                        id,
                        new LockedItem(
                                item.versions(),
                                item.places(),
                                item.partitions(),
                                new TreeMap<>(Collections.singletonMap(service, way))));
            }
        });
        return new Lock(own, new TreeMap<>());
    }

    /** What another lock has otherwise, each in a line; empty when both are the same. */
    public List<String> changesTo(Lock next) {
        return LockChanges.between(this, next);
    }
}
