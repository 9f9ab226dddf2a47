package dev.fairlead.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.node.carrier.Act;
import dev.fairlead.node.carrier.Carrier;
import dev.fairlead.node.carrier.LetterActs;
import dev.fairlead.node.carrier.LogActs;
import dev.fairlead.node.carrier.Place;
import dev.fairlead.node.carrier.QueueActs;
import dev.fairlead.node.carrier.ToldTime;
import dev.fairlead.spi.Capability;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The node's store as a mechanism for services in other processes: messages of bytes, which their mechanism {@code http} writes and reads. */
final class CarrierRoutes {
    private static final String TYPE = "application/vnd.fairlead.mechanism";
    private static final String OPENING = "Fairlead-Opening";
    private static final String SPACE = "Fairlead-Space";
    private static final String CLOCK = "Fairlead-Clock";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern MOMENT = Pattern.compile("([0-8]?\\d{1,18}) (\\d{1,11}) (\\d{1,9})");
    private static final Pattern SPACE_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,29}");
    private static final String MECHANISM = "/mechanism";
    private static final String LOG = "log";
    private static final String QUEUE = "queue";
    private static final String POST = "POST";
    private static final String ERASE = "erase";

    /** One append, which has at most 16 MiB, and what stands around it. */
    private static final int LARGEST = 17 << 20;

    private static final int KIB = 1024;
    private static final int BODIES = 64 * KIB;

    private final Carrier carrier;
    private final CarriedPolicy policy;
    private final ErasureNote erasures;
    private final Semaphore bodies = new Semaphore(BODIES); // KiB of all bodies that are being worked on

    CarrierRoutes(Carrier carrier, CarriedPolicy policy, ErasureNote erasures) {
        this.erasures = erasures;
        this.carrier = carrier;
        this.policy = policy;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", MECHANISM, "what the node's store can do as a mechanism", this::about),
                new Route("DELETE", MECHANISM, "ends an opening of the store", this::end),
                new Route(POST, MECHANISM + "/alive", "tells that the holder of an opening lives", this::alive),
                new Route("DELETE", MECHANISM + "/spaces/{space}", "takes a space away", this::remove),
                log("define", "creates a log", policy::define, LogActs::define),
                log("bounds", "what a log holds", policy::read, LogActs::bounds),
                log("claim", "makes the caller a log's one writer", policy::write, LogActs::claim),
                log("append", "appends records", policy::write, LogActs::append),
                log("resume", "lets a writer go on", policy::write, LogActs::resume),
                log("beat", "tells that a writer lives", policy::write, LogActs::beat),
                log(ERASE, "takes a key's earlier records out", policy::write, LogActs::erase),
                log("retire", "ends a writer", policy::write, LogActs::retire),
                log("read", "the next records for a reader", policy::read, LogActs::read),
                log("leave", "ends a reader", policy::read, LogActs::leave),
                log("latest", "the newest record of a key", policy::read, LogActs::latest),
                of(LOG, "commit", "notes a group's position", policy::read, this::commit),
                of(LOG, "committed", "the position that a group noted", policy::read, this::committed),
                log("retain", "applies retention now; the operator only", CarrierRoutes::operate, LogActs::retain),
                queue("define", "creates a queue", policy::send, QueueActs::define),
                queue("find", "looks whether a queue is there", policy::send, QueueActs::find),
                queue("send", "sends messages", policy::send, QueueActs::send),
                queue("depth", "how many messages a queue holds", policy::receive, QueueActs::depth),
                queue("receive", "opens a receiver", policy::receive, QueueActs::receive),
                queue("poll", "the next messages for a receiver", policy::receive, QueueActs::poll),
                queue(
                        "settle",
                        "acknowledges messages, gives them back or sets them aside",
                        policy::receive,
                        QueueActs::settle),
                queue("leave", "ends a receiver", policy::receive, QueueActs::leave),
                queue("letters", "lists dead letters", policy::receive, QueueActs::letters),
                queue("letter", "finds a dead letter", policy::receive, QueueActs::letter),
                queue("redrive", "puts dead letters back", policy::receive, QueueActs::redrive),
                queue("dismiss", "drops a dead letter", policy::receive, QueueActs::dismiss),
                queue("dismissals", "lists dropped dead letters", policy::receive, QueueActs::dismissals),
                queue(ERASE, "takes messages out of a queue", policy::receive, QueueActs::erase),
                letters("announce", "lets answerers be found", LetterActs::announce),
                letters("find", "who answers an item", LetterActs::find),
                letters("send", "questions and answers on their way", LetterActs::send),
                letters("receive", "the next questions and answers for a letter box", LetterActs::receive),
                letters("leave", "ends a letter box", LetterActs::leave));
    }

    /** Whether somebody may do something with a log or a queue; fails with the problem that says why not. */
    @FunctionalInterface
    private interface Permission {
        void check(Caller caller, String name);
    }

    /** What is done by a caller that may use the log or the queue. */
    @FunctionalInterface
    private interface CallersAct {
        byte[] on(Caller caller, Place place, String name, byte[] message);
    }

    private Route log(String act, String summary, Permission permission, Act work) {
        return of(LOG, act, summary, permission, used(work));
    }

    private Route queue(String act, String summary, Permission permission, Act work) {
        return of(QUEUE, act, summary, permission, used(work));
    }

    private CallersAct used(Act work) {
        return (caller, place, name, message) -> carrier.use(place, opening -> work.on(opening, name, message));
    }

    private Route of(String kind, String act, String summary, Permission permission, CallersAct work) {
        String template = MECHANISM + "/" + kind + "s/{" + kind + "}/" + act;
        return new Route(POST, template, summary, exchange -> {
            String name = exchange.parameter(kind);
            permission.check(exchange.caller(), name);
            exchange.query();
            if (act.equals(ERASE)) {
                erasures.before(exchange, POST + " " + template, name);
            }
            Place place = place(exchange);
            return answered(() -> withBody(exchange, message -> work.on(exchange.caller(), place, name, message)));
        });
    }

    private Route letters(String act, String summary, BiFunction<LetterActs.Box, byte[], byte[]> work) {
        return new Route(POST, MECHANISM + "/letters/" + act, summary, exchange -> {
            exchange.query();
            LetterActs.Box box = new LetterActs.Box(carrier, place(exchange), permission(exchange.caller()));
            return answered(() -> withBody(exchange, message -> work.apply(box, message)));
        });
    }

    private LetterActs.Permission permission(Caller caller) {
        return new LetterActs.Permission() {
            @Override
            public void ask(String item) {
                policy.ask(caller, item);
            }

            @Override
            public void answer(String item) {
                policy.answer(caller, item);
            }
        };
    }

    private byte[] commit(Caller caller, Place place, String log, byte[] message) {
        policy.follow(caller, log, LogActs.group(message));
        return carrier.use(place, opening -> LogActs.commit(opening, log, message));
    }

    private byte[] committed(Caller caller, Place place, String log, byte[] message) {
        policy.follow(caller, log, LogActs.group(message));
        return carrier.use(place, opening -> LogActs.committed(opening, log, message));
    }

    private byte[] withBody(Exchange exchange, UnaryOperator<byte[]> work) {
        long length = exchange.length();
        int wanted = (int) ((length < 0 ? LARGEST : Math.min(length, LARGEST)) / KIB) + 1;
        if (!bodies.tryAcquire(wanted)) {
            throw new Problem(ProblemType.OVERLOADED, "too much is being written");
        }
        try {
            return work.apply(exchange.body(LARGEST));
        } finally {
            bodies.release(wanted);
        }
    }

    /** The names of what it can do, one in a line; keeps the opening as well. */
    private Reply about(Exchange exchange) {
        exchange.query();
        Place place = place(exchange);
        return answered(() -> carrier.use(
                place,
                opening -> opening.mechanism().capabilities().stream()
                        .map(Capability::name)
                        .sorted()
                        .collect(Collectors.joining("\n"))
                        .getBytes(UTF_8)));
    }

    private Reply end(Exchange exchange) {
        exchange.query();
        carrier.end(place(exchange));
        return Reply.of(204);
    }

    private Reply remove(Exchange exchange) {
        Policy.operate(exchange.caller());
        exchange.query();
        String space = space(exchange.parameter("space"));
        return answered(() -> {
            carrier.remove(space);
            return new byte[0];
        });
    }

    private static void operate(Caller caller, String log) {
        Policy.operate(caller);
    }

    private Place place(Exchange exchange) {
        Place place = named(exchange);
        ToldTime.Moment moment = moment(place, exchange);
        if (moment != null) {
            carrier.tell(place.space(), moment);
        }
        return place;
    }

    private Reply alive(Exchange exchange) {
        exchange.query();
        Place place = named(exchange);
        carrier.hear(place, moment(place, exchange));
        return Reply.of(204);
    }

    /** Only a space goes by what its holder says. */
    private static ToldTime.@Nullable Moment moment(Place place, Exchange exchange) {
        String clock = exchange.header(CLOCK);
        if (clock == null) {
            return null;
        }
        Matcher told = MOMENT.matcher(clock);
        if (place.space().isEmpty() || !told.matches()) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "the header " + CLOCK + " goes with " + SPACE
                            + ", and holds nanoseconds of a clock that never jumps, and seconds and nanoseconds of the day's");
        }
        return new ToldTime.Moment(
                Long.parseLong(told.group(1)),
                Instant.ofEpochSecond(Long.parseLong(told.group(2)), Long.parseLong(told.group(3))));
    }

    private static Place named(Exchange exchange) {
        String name = exchange.header(OPENING);
        if (name == null || !NAME.matcher(name).matches()) {
            throw new Problem(
                    ProblemType.BAD_REQUEST,
                    "the header " + OPENING + " names the opening, with 1 to 64 letters, digits and -");
        }
        String space = exchange.header(SPACE);
        if (space != null) {
            Policy.operate(exchange.caller());
        }
        return new Place(space == null ? "" : space(space), CallerName.of(exchange.caller()), name);
    }

    private static String space(String name) {
        if (!SPACE_NAME.matcher(name).matches()) {
            throw new Problem(
                    ProblemType.BAD_REQUEST, "a space is called [a-z][a-z0-9_-]*, with at most 30 characters");
        }
        return name;
    }

    /** What a mechanism's callers tell apart has a problem of its own here. */
    private static Reply answered(Supplier<byte[]> work) {
        try {
            return Reply.of(200, TYPE, work.get()).with("Cache-Control", "no-store");
        } catch (FairleadException failure) {
            ErrorCode code = failure.code();
            String detail = String.valueOf(failure.getMessage());
            throw switch (code) {
                case FENCED -> new Problem(ProblemType.CLAIM_OVER, detail, failure);
                case PLAN -> new Problem(ProblemType.NOT_DEFINED, detail, failure);
                case STORAGE_DAMAGED -> new Problem(ProblemType.DAMAGED, detail, failure);
                default -> failure;
            };
        }
    }
}
