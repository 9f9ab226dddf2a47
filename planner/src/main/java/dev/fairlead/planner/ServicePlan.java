package dev.fairlead.planner;

import dev.fairlead.contracts.DataClass;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one service shares and needs, in the order of its file.
 *
 * @param context the bounded context
 * @param availability a share of one
 * @param clearance the highest class of data that it may see
 */
public record ServicePlan(
        String name,
        Team team,
        @Nullable Quantity availability,
        @Nullable Quantity instances,
        DataClass clearance,
        List<Share> shares,
        List<Need> needs,
        Place place) {
    public ServicePlan {
        shares = List.copyOf(shares);
        needs = List.copyOf(needs);
    }

    /** Who is responsible, and for which bounded context; null where the plan does not say. */
    public record Team(@Nullable String name, @Nullable String context) {}

    /** The item with this name, if the service shares it. */
    public Optional<Share> share(String item) {
        return shares.stream().filter(share -> share.id().name().equals(item)).findFirst();
    }

    /** What the service says about its use of an item, if it needs it. */
    public Optional<Need> need(ItemId item) {
        return needs.stream().filter(need -> need.item().equals(item)).findFirst();
    }
}
