package dev.fairlead.engine;

import dev.fairlead.api.Answering;
import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.RequestHandler;
import dev.fairlead.api.TellReceipt;
import dev.fairlead.api.Telling;
import dev.fairlead.contracts.Fields;
import dev.fairlead.engine.documents.DocumentForm;
import dev.fairlead.engine.documents.RequestDocument;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.ValueCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The request items of one owner, in a process that has no Java types for them: asked and told for any caller, answered and taken for the
 * owner. What is written is held against the plan's fields.
 *
 * <p>Who may do what is the caller's to see to. Safe for many threads; all calls may block.
 */
public final class DocumentRequests implements AutoCloseable {
    private final String service;
    private final Plan plan;
    private final Mechanisms mechanisms;
    private final Function<String, Call> calls;
    private final CodecProvider codecs;
    private final TimeSource time;
    private final Steps steps;
    private final Map<String, Asker<RequestDocument, RequestDocument>> askers = new ConcurrentHashMap<>();
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final Set<RunningHandler<?, ?>> handlers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param calls what carries the questions of an item */
    DocumentRequests(
            String service,
            Plan plan,
            Mechanisms mechanisms,
            Function<String, Call> calls,
            CodecProvider codecs,
            TimeSource time,
            Steps steps) {
        this.service = service;
        this.plan = plan;
        this.mechanisms = mechanisms;
        this.calls = calls;
        this.codecs = codecs;
        this.time = time;
        this.steps = steps;
    }

    /** An item that is told: where it is kept, who tells it, and who takes it. */
    private record Told(TellPlan plan, Queue queue, Teller<RequestDocument> teller, ToldLeases leases) {}

    /**
     * Asks the owner's handler, as {@code Fairlead.ask} does.
     *
     * @param key reaches the handler as {@code Asked.key}; the same for questions that are one and the same to the caller
     * @param atMost how long to wait, if the plan's deadline is not shorter
     */
    public byte[] ask(ItemId item, byte[] question, UUID key, Duration atMost) {
        Asker<RequestDocument, RequestDocument> asker = asker(item);
        Duration planned = asker.deadline().left();
        Deadline deadline = Deadline.in(atMost.compareTo(planned) < 0 ? atMost : planned, time);
        return asker.ask(new RequestDocument(question), deadline, key).content();
    }

    /** Lets the handler answer the item's questions until it is closed; see {@code Fairlead.answer}. */
    public Answering answer(ItemId item, RequestHandler<RequestDocument, RequestDocument> handler) {
        refuseWhenClosed();
        Share share = share(item);
        RequestPlan planned = RequestBinding.ofDocuments(share, plan.needsOf(item));
        RunningHandler<RequestDocument, RequestDocument> running = new RunningHandler<>(
                planned,
                calls.apply(planned.id()),
                questions(share),
                answers(share),
                handler,
                handlers::remove,
                time,
                steps);
        handlers.add(running);
        return running;
    }

    /** Fails with BAD_VALUE when this is no answer as the plan has it. */
    public void checkAnswer(ItemId item, byte[] answer) {
        answers(share(item)).encode(new RequestDocument(answer));
    }

    /** Keeps it until the owner has handled it, as {@code Fairlead.tell} does. */
    public TellReceipt tell(ItemId item, byte[] question, Telling how) {
        return told(item).teller().tell(new RequestDocument(question), how);
    }

    /**
     * Takes some of what the item was told, each for as long as the lease; it comes again when that is over and nobody has settled it.
     *
     * @param most at most {@link Queue#MAX_POLL}
     * @param wait for the first
     * @throws FairleadException with CLOSED when leasing was stopped meanwhile
     */
    public List<LeasedTell> lease(ItemId item, int most, Duration lease, Duration wait) {
        return told(item).leases().take(most, lease, wait);
    }

    /** What was set aside. */
    public DeadMessages deadLetters(ItemId item) {
        return new DeadMessages(item.toString(), told(item).queue());
    }

    /** Ends the waits of {@link #lease}, and lets none begin; what is leased can still be settled. */
    public void stopLeasing() {
        closed = true;
        told.values().forEach(item -> item.leases().close());
    }

    private Asker<RequestDocument, RequestDocument> asker(ItemId item) {
        refuseWhenClosed();
        Share share = share(item);
        return askers.computeIfAbsent(item.toString(), id -> {
            RequestPlan planned = RequestBinding.ofDocuments(share, plan.needsOf(item));
            return new Asker<>(planned, calls.apply(id), questions(share), answers(share), time, steps);
        });
    }

    private Told told(ItemId item) {
        Share share = share(item);
        return told.computeIfAbsent(item.toString(), id -> {
            refuseWhenClosed();
            return opened(RequestBinding.toldDocuments(service, share), share);
        });
    }

    private Told opened(TellPlan planned, Share share) {
        Mechanism mechanism = mechanisms.of(planned.id());
        Queue queue = Mechanisms.queue(mechanism, planned.id());
        Durability durability = planned.durability().orElseGet(() -> Assembly.best(mechanism));
        queue.define(new QueueDefinition(planned.id(), durability));
        RequestContent<RequestDocument> questions = questions(share);
        return new Told(
                planned,
                queue,
                new Teller<>(planned, queue, questions, codecs.mediaType(), time, steps),
                new ToldLeases(planned, queue, questions, time));
    }

    private RequestContent<RequestDocument> questions(Share share) {
        return content(
                "a question to " + share.id(), RequestBinding.request(share).question());
    }

    private RequestContent<RequestDocument> answers(Share share) {
        return content("an answer from " + share.id(), RequestBinding.answer(share, RequestBinding.request(share)));
    }

    private RequestContent<RequestDocument> content(String what, Fields fields) {
        return new RequestContent<>(
                what,
                new Checked(new DocumentForm(what, fields), codecs.fields()),
                new RecordAccess<>(what, RequestDocument.class, Set.of()));
    }

    private record Checked(DocumentForm form, ValueCodec<Map<String, @Nullable Object>> fields)
            implements ValueCodec<RequestDocument> {
        @Override
        public byte[] encode(RequestDocument value) {
            return fields.encode(form.checked(fields.decode(value.content())));
        }

        @Override
        public RequestDocument decode(byte[] payload) {
            return new RequestDocument(payload);
        }
    }

    private Share share(ItemId item) {
        return plan.item(item).orElseThrow(() -> new FairleadException(ErrorCode.PLAN, "the plan has no item " + item));
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "the service " + service + " is closed");
        }
    }

    @Override
    public void close() {
        stopLeasing();
        askers.values().forEach(Closing::quietly);
        handlers.forEach(Closing::quietly);
    }
}
