package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.WhenUnknown;
import dev.fairlead.spi.Retention;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Binds handles of event items to the plan. */
final class EventBinding {
    private EventBinding() {}

    /** What the service may do with the events; fails when it neither owns nor needs them, or the handle does not fit. */
    static EventPlan bind(ServicePlan service, Share share, EventItem<?, ?> item) {
        Content.Events content = content(share);
        if (share.id().owner().equals(service.name())) {
            EventHandleCheck.owner(item, content);
            return owned(service, share);
        }
        EventPlan plan = read(service, share);
        EventHandleCheck.reader(item, content, plan.used());
        return plan;
    }

    /** What a reader may do with the events, whatever its types; fails when it declares no need of them. */
    static EventPlan read(ServicePlan service, Share share) {
        Content.Events content = content(share);
        Need need = service.need(share.id())
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.PLAN,
                        service.name() + " declares no need of " + share.id()
                                + " (add it to its plan file under needs:)"));
        return plan(service, share, content, EventPlan.Access.READ, content.used(need), need.trouble());
    }

    /** What the owner may do with the events, whatever its types. */
    static EventPlan owned(ServicePlan service, Share share) {
        Content.Events content = content(share);
        Need.Trouble trouble = new Need.Trouble(null, share.terms().whenFailing());
        return plan(service, share, content, EventPlan.Access.OWN, content.events(), trouble);
    }

    private static Content.Events content(Share share) {
        if (share.content() instanceof Content.Events content) {
            return content;
        }
        throw new FairleadException(
                ErrorCode.HANDLE_MISMATCH,
                share.id() + " is of kind " + share.kind().word() + " in the plan, but the handle is of kind event");
    }

    private static EventPlan plan(
            ServicePlan service,
            Share share,
            Content.Events content,
            EventPlan.Access access,
            Map<String, Fields> used,
            Need.Trouble trouble) {
        Duration kept = share.terms().retention();
        return new EventPlan(
                share.id().toString(),
                service.name(),
                access,
                content.events(),
                used,
                kept == null ? new Retention.KeepAll() : new Retention.KeepFor(kept),
                Optional.ofNullable(share.terms().durability()),
                CloudEventForm.envelope(share),
                Optional.ofNullable(trouble.whenUnknown()).orElse(WhenUnknown.PARK),
                Optional.ofNullable(trouble.whenFailing()).orElseGet(FailurePolicy::usual));
    }
}
