package dev.fairlead.engine;

import dev.fairlead.api.Answering;
import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handling;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.Owner;
import dev.fairlead.api.RequestHandler;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.RequestStatistics;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.TellHandler;
import dev.fairlead.api.TellItem;
import dev.fairlead.api.TellReceipt;
import dev.fairlead.api.Telling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A service that is open: gives out owners, copies and requests as its plan says, and closes them with itself. */
final class OpenService implements Fairlead {
    private final String service;
    private final ServicePlans plans;
    private final Mechanisms mechanisms;
    private final Assembly assembly;
    private final ServiceTimer timer;
    private final EventItems events;
    private final OpenRequests requests;
    private final OpenTells tells;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private volatile boolean closed;

    OpenService(
            String service,
            ServicePlans plans,
            Mechanisms mechanisms,
            Assembly assembly,
            ServiceTimer timer,
            OpenRequests requests,
            OpenTells tells) {
        this.service = service;
        this.plans = plans;
        this.mechanisms = mechanisms;
        this.assembly = assembly;
        this.timer = timer;
        this.events = assembly.events(mechanisms);
        open.push(events);
        this.requests = requests;
        this.tells = tells;
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public synchronized <K, V> Owner<K, V> own(StateItem<K, V> item) {
        refuseWhenClosed();
        ItemPlan plan = plans.owned(item);
        StateOwner<K, V> owner = assembly.owner(item, plan, mechanisms.ofOwner(item.id()));
        open.push(owner);
        timer.every(plan.beat(), owner::beat, owner.plan().id());
        return owner;
    }

    @Override
    public <K, V> Copy<K, V> copy(StateItem<K, V> item) {
        return open(item, null);
    }

    @Override
    public <K, V> Copy<K, V> copy(StateItem<K, V> item, Consumer<Change<K, V>> listener) {
        return open(item, listener);
    }

    private synchronized <K, V> Copy<K, V> open(StateItem<K, V> item, @Nullable Consumer<Change<K, V>> listener) {
        refuseWhenClosed();
        NeedPlan need = plans.copied(item);
        StateCopy<K, V> copy = assembly.copy(item, need, mechanisms.ofReader(item.id()), timer, listener);
        open.push(copy);
        return copy;
    }

    @Override
    public synchronized <K, E> Events<K, E> events(EventItem<K, E> item) {
        refuseWhenClosed();
        return events.of(item, plans.events(item));
    }

    @Override
    public synchronized <K, V> Lookup<K, V> lookup(StateItem<K, V> item) {
        refuseWhenClosed();
        TableLookup<K, V> lookup = assembly.lookup(item, plans.needed(item), mechanisms.ofReader(item.id()));
        open.push(lookup);
        return lookup;
    }

    @Override
    public synchronized <Q, A> Answering answer(RequestItem<Q, A> item, RequestHandler<Q, A> handler) {
        refuseWhenClosed();
        return requests.answer(item, handler);
    }

    @Override
    public <Q, A> A ask(RequestItem<Q, A> item, Q question) {
        Asker<Q, A> asker = asker(item);
        return asker.ask(question, asker.deadline());
    }

    @Override
    public <Q, A> CompletableFuture<A> askAsync(RequestItem<Q, A> item, Q question) {
        return asker(item).askAsync(question);
    }

    @Override
    public RequestStatistics statistics(RequestItem<?, ?> item) {
        return asker(item).statistics();
    }

    private <Q, A> Asker<Q, A> asker(RequestItem<Q, A> item) {
        refuseWhenClosed();
        return requests.known(item).orElseGet(() -> newAsker(item));
    }

    private synchronized <Q, A> Asker<Q, A> newAsker(RequestItem<Q, A> item) {
        refuseWhenClosed();
        return requests.asker(item);
    }

    @Override
    public <Q> TellReceipt tell(TellItem<Q> item, Q question, Telling how) {
        return teller(item).tell(question, how);
    }

    @Override
    public <Q> CompletableFuture<TellReceipt> tellAsync(TellItem<Q> item, Q question, Telling how) {
        return teller(item).tellAsync(question, how);
    }

    private <Q> Teller<Q> teller(TellItem<Q> item) {
        refuseWhenClosed();
        return tells.known(item).orElseGet(() -> newTeller(item));
    }

    private synchronized <Q> Teller<Q> newTeller(TellItem<Q> item) {
        refuseWhenClosed();
        return tells.teller(item);
    }

    @Override
    public synchronized <Q> Handling<Q> handle(TellItem<Q> item, TellHandler<Q> handler) {
        refuseWhenClosed();
        return tells.handle(item, handler, null);
    }

    @Override
    public synchronized <Q> Handling<Q> handle(TellItem<Q> item, TellHandler<Q> handler, FailurePolicy policy) {
        refuseWhenClosed();
        return tells.handle(item, handler, policy);
    }

    /** What is open here and has still to do something. */
    void report(WorkReport report) {
        List<AutoCloseable> parts;
        synchronized (this) {
            parts = List.copyOf(open);
        }
        for (AutoCloseable part : parts) {
            if (part instanceof WorkReport.Source source) {
                source.report(report);
            }
        }
        if (!closed) {
            requests.report(report);
            tells.report(report);
        }
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "the service " + service + " is closed");
        }
    }

    @Override
    public void close() {
        List<AutoCloseable> closing;
        synchronized (this) {
            closed = true;
            closing = new ArrayList<>(open);
            open.clear();
        }
        timer.close();
        tells.close();
        requests.close();
        closing.forEach(Closing::quietly);
        mechanisms.close();
    }
}
