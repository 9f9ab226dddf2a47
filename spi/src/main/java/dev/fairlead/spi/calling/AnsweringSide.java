package dev.fairlead.spi.calling;

import dev.fairlead.spi.Answerer;
import dev.fairlead.spi.OpenAnswerer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The answerers of one opening: lets them be found, and gives each question to the one that it is for, once. */
final class AnsweringSide {
    private static final System.Logger LOG = System.getLogger(AnsweringSide.class.getName());
    private static final Duration LEASE = Duration.ofSeconds(12);
    static final Duration RENEWAL = LEASE.dividedBy(3);
    private static final int MOST_ASKERS = 4096;

    private final String place;
    private final Post post;
    private final Executor threads;
    private final Listener listener;
    /** Those that take questions, and those that still hold some. */
    private final Map<Long, LocalAnswerer> answerers = new ConcurrentHashMap<>();

    private final Map<Long, LocalAnswerer> taking = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final ReentrantLock announcing = new ReentrantLock();
    private final Map<String, NumberWindow> windows = new LinkedHashMap<>(16, 0.75f, true);
    private boolean announced;
    private volatile boolean closed;

    /** Hears of the answerers of this opening before others do. */
    interface Listener {
        void joined(Presence presence);

        void left(Presence presence);
    }

    AnsweringSide(String place, Post post, Executor threads, Listener listener) {
        this.place = place;
        this.post = post;
        this.threads = threads;
        this.listener = listener;
    }

    Post post() {
        return post;
    }

    /** Waits until others can find the answerer. */
    OpenAnswerer answer(String item, int room, Answerer answerer) {
        String address = CallFailures.unwrapped(() -> post.transport().join()).address();
        Presence presence = new Presence(item, address, numbers.incrementAndGet(), room);
        LocalAnswerer local = new LocalAnswerer(presence, answerer, this);
        answerers.put(presence.number(), local);
        taking.put(presence.number(), local);
        try {
            announce();
        } catch (RuntimeException e) {
            taking.remove(presence.number());
            local.close();
            throw e;
        }
        listener.joined(presence);
        if (closed) {
            local.abandon();
            throw CallFailures.closed(place);
        }
        return local;
    }

    /** The answerers that take questions of the item. */
    List<Presence> presences(String item) {
        return taking.values().stream()
                .map(LocalAnswerer::presence)
                .filter(presence -> presence.item().equals(item))
                .toList();
    }

    private void announce() {
        announcing.lock();
        try {
            List<Presence> all =
                    taking.values().stream().map(LocalAnswerer::presence).toList();
            if (announced || !all.isEmpty()) {
                announced = !all.isEmpty();
                post.announce(all, LEASE);
            }
        } finally {
            announcing.unlock();
        }
    }

    /** Goes on being found; called at each {@link #RENEWAL}, and blocks. */
    void renew() {
        try {
            if (!closed) {
                announce();
            }
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "answerers at " + place + " may not be found for now: " + e.getMessage());
            }
        }
    }

    /** The answerer takes no more questions. */
    void left(LocalAnswerer answerer) {
        if (taking.remove(answerer.presence().number()) != null) {
            listener.left(answerer.presence());
            renewSoon();
        }
    }

    private void renewSoon() {
        try {
            threads.execute(this::renew);
        } catch (RejectedExecutionException ending) {
            LOG.log(System.Logger.Level.DEBUG, "the close takes the announcement back", ending);
        }
    }

    /** The answerer takes no more questions and holds none. */
    void forget(LocalAnswerer answerer) {
        answerers.remove(answerer.presence().number());
    }

    void receive(CallMessage.ToAnswerer message) {
        LocalAnswerer answerer = post.address().equals(message.to().address())
                ? answerers.get(message.to().number())
                : null;
        switch (message) {
            case CallMessage.Ask ask -> ask(answerer, ask);
            case CallMessage.Forget forget -> forget(answerer, forget);
            case CallMessage.Pass pass -> {
                if (answerer != null) {
                    answerer.pass(pass.asker());
                }
            }
            case CallMessage.Hello hello -> {
                boolean there = answerer != null && answerer.greet(hello.asker());
                post.send(
                        hello.asker(),
                        there
                                ? new CallMessage.Here(hello.to())
                                : new CallMessage.Gone(hello.to(), CallMessage.Gone.NONE));
            }
        }
    }

    private void ask(@Nullable LocalAnswerer answerer, CallMessage.Ask ask) {
        synchronized (windows) {
            if (!window(ask.asker()).come(ask.number())) {
                return;
            }
        }
        if (answerer == null) {
            post.send(ask.asker(), new CallMessage.Gone(ask.to(), ask.number()));
        } else {
            answerer.ask(ask);
        }
    }

    private void forget(@Nullable LocalAnswerer answerer, CallMessage.Forget forget) {
        boolean ran;
        synchronized (windows) {
            NumberWindow window = window(forget.asker());
            ran = window.takeRun(forget.number());
            window.come(forget.number());
        }
        if (ran && answerer != null) {
            answerer.forget(forget.asker(), forget.number());
        }
    }

    /** Notes that the number of the asker runs. */
    void running(String asker, long number) {
        synchronized (windows) {
            window(asker).run(number);
        }
    }

    private NumberWindow window(String asker) {
        NumberWindow window = windows.computeIfAbsent(asker, key -> new NumberWindow());
        if (windows.size() > MOST_ASKERS) {
            windows.remove(windows.keySet().iterator().next());
        }
        return window;
    }

    void look() {
        answerers.values().forEach(LocalAnswerer::look);
    }

    void close() {
        closed = true;
        List<LocalAnswerer> all = new ArrayList<>(answerers.values());
        taking.clear();
        all.forEach(LocalAnswerer::abandon);
    }
}
