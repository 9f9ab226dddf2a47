package dev.fairlead.engine;

import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Owner;
import dev.fairlead.api.StateItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A service that is open: gives out owners and copies as its plan says, and closes them with itself. */
final class OpenService implements Fairlead {
    private final String service;
    private final ServicePlans plans;
    private final Mechanisms mechanisms;
    private final Assembly assembly;
    private final ServiceTimer timer;
    private final EventItems events;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    OpenService(String service, ServicePlans plans, Mechanisms mechanisms, Assembly assembly, ServiceTimer timer) {
        this.service = service;
        this.plans = plans;
        this.mechanisms = mechanisms;
        this.assembly = assembly;
        this.timer = timer;
        this.events = assembly.events(mechanisms);
        open.push(events);
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public synchronized <K, V> Owner<K, V> own(StateItem<K, V> item) {
        refuseWhenClosed();
        ItemPlan plan = plans.owned(item);
        StateOwner<K, V> owner = assembly.owner(item, plan, mechanisms.of(item.id()));
        open.push(owner);
        timer.every(plan.beat(), owner::beat, owner.plan().id());
        return owner;
    }

    @Override
    public synchronized <K, V> Copy<K, V> copy(StateItem<K, V> item) {
        refuseWhenClosed();
        NeedPlan need = plans.needed(item);
        StateCopy<K, V> copy = assembly.copy(item, need, mechanisms.of(item.id()), timer);
        open.push(copy);
        return copy;
    }

    @Override
    public synchronized <K, E> Events<K, E> events(EventItem<K, E> item) {
        refuseWhenClosed();
        return events.of(item, plans.events(item));
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
        closing.forEach(Closing::quietly);
        mechanisms.close();
    }
}
