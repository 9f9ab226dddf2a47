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
import dev.fairlead.planner.ServicePlan;
import dev.fairlead.planner.Share;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        return requestPlan(item.id(), request, answer, RequestRules.atOnce(null, deadline(request)), Optional.empty());
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
        return requestPlan(
                item.id(), request, answer, RequestRules.atOnce(need.load().reads(), deadline(request)), reuse);
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
        Content.Request request = toldRequest(share);
        HandleCheck.told(item, request.question());
        return tellPlan(service.name(), share, request);
    }

    private static Content.Request toldRequest(Share share) {
        Content.Request request = request(share);
        if (request.delivery() != Content.Delivery.GUARANTEED) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    share.id() + " is asked, not told: the plan does not say delivery: guaranteed (use ask with a"
                            + " RequestItem, or change the plan)");
        }
        return request;
    }

    private static TellPlan tellPlan(String service, Share share, Content.Request request) {
        return new TellPlan(
                share.id().toString(),
                service,
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
            String item, Content.Request request, Fields answer, int atOnce, Optional<Duration> reuse) {
        return new RequestPlan(
                item,
                deadline(request),
                request.idempotent() ? RequestPlan.Repeats.IDEMPOTENT : RequestPlan.Repeats.NEVER,
                optional(request.question()),
                optional(answer),
                atOnce,
                reuse);
    }

    private static Duration deadline(Content.Request request) {
        Duration said = request.deadline();
        return said == null ? RequestRules.DEADLINE : said;
    }

    /** The item as a process asks and answers it that has no types for it and asks for all who declare a need. */
    static RequestPlan ofDocuments(Share share, Collection<Need> needs) {
        Content.Request request = request(share);
        int atOnce = needs.stream()
                .mapToInt(need -> RequestRules.atOnce(need.load().reads(), deadline(request)))
                .sum();
        return requestPlan(
                share.id().toString(),
                request,
                answer(share, request),
                Math.min(RequestRules.MOST_AT_ONCE, Math.max(RequestRules.FEWEST_AT_ONCE, atOnce)),
                Optional.empty());
    }

    /** The item as a process tells and handles it that has no types for it, for the service. */
    static TellPlan toldDocuments(String service, Share share) {
        return tellPlan(service, share, toldRequest(share));
    }

    private static Set<String> optional(Fields fields) {
        return fields.list().stream()
                .filter(field -> field.type().isOptional())
                .map(Field::name)
                .collect(Collectors.toSet());
    }

    static Content.Request request(Share share) {
        if (share.content() instanceof Content.Request request) {
            return request;
        }
        throw new FairleadException(
                ErrorCode.HANDLE_MISMATCH,
                share.id() + " is of kind " + share.kind().word() + " in the plan, but the handle is of kind request");
    }

    static Fields answer(Share share, Content.Request request) {
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
