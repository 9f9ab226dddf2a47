package dev.fairlead.node;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.TellReceipt;
import dev.fairlead.api.Telling;
import dev.fairlead.node.outcomes.Outcomes;
import dev.fairlead.spi.Projection;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Request items: what is asked gets one outcome, what is told is kept until the owner has handled it. */
final class RequestRoutes {
    static final String ITEM = "/requests/{owner}/{item}";
    static final String DEADLINE = "Fairlead-Deadline";
    static final String NOT_BEFORE = "Fairlead-Not-Before";
    static final String REPEATED = "Fairlead-Repeated";

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST_OUTCOMES = 100_000;
    private static final long OUTCOME_BYTES = 32L << 20;
    private static final int OVERHEAD = 400;
    private static final Duration LONGEST = Duration.ofDays(1);

    private final ServedItems items;
    private final Policy policy;
    private final Function<Set<String>, Projection> projections;
    private final Outcomes<Reply> outcomes;

    RequestRoutes(ServedItems items, Policy policy, Function<Set<String>, Projection> projections, TimeSource time) {
        this.items = items;
        this.policy = policy;
        this.projections = projections;
        this.outcomes = new Outcomes<>(WINDOW, MOST_OUTCOMES, OUTCOME_BYTES, time);
    }

    List<Route> routes() {
        return List.of(new Route("POST", ITEM, "asks the owner a question, or tells it something", this::post));
    }

    private Reply post(Exchange exchange) {
        exchange.query();
        ServedRequests item = items.requests(exchange.parameter("owner"), exchange.parameter("item"));
        Optional<Set<String>> seen = policy.ask(exchange.caller(), item.share(), item.content());
        Optional<RequestKey> key = RequestKey.of(exchange, item.id().toString());
        UUID known = key.map(RequestKey::forHandler).orElseGet(UUID::randomUUID);
        Supplier<Outcomes.Result<Reply>> work =
                item.isTold() ? tell(exchange, item, known) : ask(exchange, item, known, seen);
        Reply reply = key.map(each -> once(each, exchange, work))
                .orElseGet(() -> work.get().outcome());
        return reply.with("Cache-Control", "no-store");
    }

    private Reply once(RequestKey key, Exchange exchange, Supplier<Outcomes.Result<Reply>> work) {
        try {
            Outcomes.Given<Reply> given = outcomes.once(key.call(), RequestKey.digest(exchange.json()), work);
            return given.isRepeated() ? given.outcome().with(REPEATED, "true") : given.outcome();
        } catch (Outcomes.KeyReused reused) {
            throw new Problem(
                    ProblemType.KEY_REUSED,
                    "this " + RequestKey.HEADER + " was used for another body (take a new one)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ProblemType.CLOSING, "the node is stopping", e);
        }
    }

    private Supplier<Outcomes.Result<Reply>> ask(
            Exchange exchange, ServedRequests item, UUID key, Optional<Set<String>> seen) {
        refuse(exchange, NOT_BEFORE, "it is asked, and not told");
        Duration atMost = deadline(exchange.header(DEADLINE));
        byte[] question = exchange.json();
        return () -> {
            try {
                byte[] answer = item.requests().ask(item.id(), question, key, atMost);
                byte[] visible = seen.map(fields -> projections.apply(fields).apply(answer))
                        .orElse(answer);
                return remembered(Reply.of(200, Json.TYPE, visible));
            } catch (FairleadException failure) {
                if (!mayHaveRun(failure.code())) {
                    throw failure;
                }
                Reply reply = Reply.of(Problem.of(failure));
                return failure.code() == ErrorCode.REFUSED || !item.content().idempotent()
                        ? remembered(reply)
                        : new Outcomes.Result<>(reply, 0, false);
            }
        };
    }

    /** What is done again for the same key only where the plan says that this is harmless. */
    private static boolean mayHaveRun(ErrorCode code) {
        return code == ErrorCode.REFUSED || code == ErrorCode.FAILED || code == ErrorCode.OUTCOME_UNKNOWN;
    }

    private Supplier<Outcomes.Result<Reply>> tell(Exchange exchange, ServedRequests item, UUID key) {
        refuse(exchange, DEADLINE, "it is told, and nobody waits for an answer");
        Telling how = telling(exchange.header(NOT_BEFORE)).withKey(key);
        byte[] question = exchange.json();
        return () -> {
            TellReceipt receipt = item.requests().tell(item.id(), question, how);
            return remembered(Reply.of(
                    202,
                    Json.TYPE,
                    Json.of(json -> json.writeStartObject()
                            .writeStringProperty("item", receipt.item())
                            .writeStringProperty("key", receipt.key().toString())
                            .writeStringProperty(
                                    "durability", receipt.durability().name())
                            .writeEndObject())));
        };
    }

    private static Outcomes.Result<Reply> remembered(Reply reply) {
        return new Outcomes.Result<>(reply, reply.bytes().length + OVERHEAD, true);
    }

    private static void refuse(Exchange exchange, String header, String why) {
        if (exchange.header(header) != null) {
            throw new Problem(ProblemType.BAD_REQUEST, "leave " + header + " out: " + why);
        }
    }

    private static Duration deadline(@Nullable String text) {
        if (text == null) {
            return LONGEST;
        }
        Duration deadline = TimeText.parsed(text);
        if (!deadline.isPositive()) {
            throw new Problem(ProblemType.BAD_REQUEST, DEADLINE + " is a time such as 300ms or 2s");
        }
        return deadline.compareTo(LONGEST) > 0 ? LONGEST : deadline;
    }

    private static Telling telling(@Nullable String text) {
        try {
            return text == null ? Telling.now() : Telling.notBefore(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new Problem(ProblemType.BAD_REQUEST, NOT_BEFORE + " is a moment such as 2030-01-31T08:00:00Z", e);
        }
    }
}
