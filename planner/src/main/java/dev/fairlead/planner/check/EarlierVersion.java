package dev.fairlead.planner.check;

import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Share;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What owners shared before the version that a plan is held against; records of it may still be there.
 *
 * @param label names the version in reports
 * @param replaced when the next version took its place; records written until then may be of this one
 */
public record EarlierVersion(String label, Instant replaced, List<Share> shares) {
    public EarlierVersion {
        shares = List.copyOf(shares);
    }

    Optional<Share> share(ItemId id) {
        return shares.stream().filter(share -> share.id().equals(id)).findFirst();
    }
}
