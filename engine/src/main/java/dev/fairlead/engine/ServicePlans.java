package dev.fairlead.engine;

import dev.fairlead.api.EventItem;
import dev.fairlead.api.StateItem;

/** What the plan lets one service do. */
interface ServicePlans {
    /** The item as its owner writes it; fails when the service does not own it or the handle does not fit. */
    ItemPlan owned(StateItem<?, ?> item);

    /** The service's need of the item; fails when it declares none or the handle does not fit. */
    NeedPlan needed(StateItem<?, ?> item);

    /** The same as it is copied; fails also when it was decided that the service asks for it. */
    NeedPlan copied(StateItem<?, ?> item);

    /** What the service may do with the events; fails when it neither owns nor needs them, or the handle does not fit. */
    EventPlan events(EventItem<?, ?> item);
}
