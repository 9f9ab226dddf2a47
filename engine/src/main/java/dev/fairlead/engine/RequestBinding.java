package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Quantity;
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds the handles of one service's requests to the plan. */
final class RequestBinding {
    private final Plan plan;
    private final ServicePlan service;

    RequestBinding(Plan plan, ServicePlan service) {
        this.plan = plan;
        this.service = service;
    }

    /** The item as its owner answers it; fails when the service does not own it or the handle does not fit. */
    RequestPlan answered(RequestItem<?, ?> item, Share share) {
        checkOwner(share, "answer");
        Content.Request request = request(share);
        Fields answer = answer(share, request);
        HandleCheck.request(item, request.question(), answer);
        return requestPlan(item, request, answer, null, Optional.empty());
    }

    /** The item as the service asks it; fails when it declares no need of it or the handle does not fit. */
    RequestPlan asked(RequestItem<?, ?> item, Share share) {
        Need need = need(share);
        Content.Request request = request(share);
        Fields answer = answer(share, request);
        HandleCheck.request(
                item,
                request.question(),
                answer,
                new LinkedHashSet<>(plan.usedFields(need).names()));
        Optional<Duration> reuse =
                Optional.ofNullable(need.within()).filter(within -> within.isPositive() && request.idempotent());
        return requestPlan(item, request, answer, need.load().reads(), reuse);
    }

    /** The item as its owner handles what it is told; fails when the service does not own it or the handle does not fit. */
    TellPlan handled(TellItem<?> item, Share share) {
        checkOwner(share, "handle");
        return tellPlan(item, share);
    }

    /** The item as the service tells it something; fails when it declares no need of it or the handle does not fit. */
    TellPlan told(TellItem<?> item, Share share) {
        need(share);
        return tellPlan(item, share);
    }

    private TellPlan tellPlan(TellItem<?> item, Share share) {
        Content.Request request = request(share);
        if (request.delivery() != Content.Delivery.GUARANTEED) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    share.id() + " is asked, not told: the plan does not say delivery: guaranteed (use ask with a"
                            + " RequestItem, or change the plan)");
        }
        HandleCheck.told(item, request.question());
        return new TellPlan(
                item.id(),
                service.name(),
                optional(request.question()),
                Optional.ofNullable(share.terms().durability()),
                CloudEventForm.envelope(share),
                Optional.ofNullable(share.terms().whenFailing()).orElseGet(FailurePolicy::usual),
                Optional.ofNullable(request.key()));
    }

    private void checkOwner(Share share, String verb) {
        if (!share.id().owner().equals(service.name())) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    service.name() + " does not own " + share.id() + " (only "
                            + share.id().owner() + " may " + verb + " it)");
        }
    }

    private Need need(Share share) {
        return service.need(share.id())
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.PLAN,
                        service.name() + " declares no need of " + share.id()
                                + " (add it to its plan file under needs:)"));
    }

    private static RequestPlan requestPlan(
            RequestItem<?, ?> item,
            Content.Request request,
            Fields answer,
            @Nullable Quantity reads,
            Optional<Duration> reuse) {
        Duration said = request.deadline();
        Duration deadline = said == null ? RequestRules.DEADLINE : said;
        return new RequestPlan(
                item.id(),
                deadline,
                request.idempotent() ? RequestPlan.Repeats.IDEMPOTENT : RequestPlan.Repeats.NEVER,
                optional(request.question()),
                optional(answer),
                RequestRules.atOnce(reads, deadline),
                reuse);
    }

    private static Set<String> optional(Fields fields) {
        return fields.list().stream()
                .filter(field -> field.type().isOptional())
                .map(Field::name)
                .collect(Collectors.toSet());
    }

    private static Content.Request request(Share share) {
        if (share.content() instanceof Content.Request request) {
            return request;
        }
        throw new FairleadException(
                ErrorCode.HANDLE_MISMATCH,
                share.id() + " is of kind " + share.kind().word() + " in the plan, but the handle is of kind request");
    }

    private static Fields answer(Share share, Content.Request request) {
        Fields answer = request.answer();
        if (answer == null) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    share.id()
                            + " has no answer in the plan: it is told, not asked (use tell with a TellItem, or give it an"
                            + " answer and take away delivery: guaranteed)");
        }
        return answer;
    }
}
