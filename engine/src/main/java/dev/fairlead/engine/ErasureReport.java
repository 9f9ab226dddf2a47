package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.api.Erasure;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** All erasures of the items of a plan, looked at from outside, without their owners. Reads what a mechanism holds, and changes nothing. */
public final class ErasureReport {
    private ErasureReport() {}

    /**
     * The erasures of all items that the mechanism carries, item by item, the oldest first.
     *
     * @param plan which services read what
     * @throws FairleadException with CAPABILITY when the mechanism has no logs
     */
    public static List<Erasure> of(Plan plan, Mechanism mechanism) {
        if (!(mechanism instanceof Log log)) {
            throw new FairleadException(ErrorCode.CAPABILITY, "the mechanism " + mechanism.name() + " has no logs");
        }
        List<Erasure> erasures = new ArrayList<>();
        for (Share share : plan.items()) {
            if (isThere(log, share.id().toString())) {
                erasures.addAll(of(plan, share, log, mechanism));
            }
        }
        return erasures;
    }

    private static boolean isThere(Log log, String item) {
        try {
            log.bounds(item, 0);
            return true;
        } catch (FairleadException e) {
            if (e.code() == ErrorCode.PLAN) {
                return false; // nobody has opened it yet
            }
            throw e;
        }
    }

    private static List<Erasure> of(Plan plan, Share share, Log log, Mechanism mechanism) {
        String item = share.id().toString();
        String owner = share.id().owner();
        ErasureJournal journal = ErasureJournal.of(item, log, Durability.D0, owner, TimeSource.SYSTEM);
        return switch (share.content()) {
            case Content.State state -> {
                ItemPlan bound = new PlanBinding(plan, owner).itemPlan(share, state);
                SortedMap<Long, ErasedKeys.Erased> known =
                        KeyVersions.of(log, bound).erased().all();
                yield Erasures.ofState(bound, log, mechanism, journal).reports(known);
            }
            case Content.Events events -> {
                FollowerList followers = FollowerList.of(item, log, Durability.D0);
                SortedMap<Long, ErasedKeys.Erased> known =
                        EventVersions.of(log, item).erased().all();
                yield Erasures.ofEvents(item, owner, log, mechanism, followers, journal)
                        .reports(known);
            }
            case Content.Request request -> List.of();
        };
    }
}
