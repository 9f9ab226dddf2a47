package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.calling.CallTransport;
import dev.fairlead.spi.calling.Presence;
import dev.fairlead.spi.server.Uninterrupted;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The letter box of one opening: an exclusive queue. Who answers for an item consumes from a queue of that item, into which nothing ever
 * comes: the number of its consumers says how many answerers there are, and then they are asked who they are.
 */
final class RabbitCallTransport implements CallTransport {
    /** Behind the prefix. */
    static final String WHO = "Fairlead.who";

    private static final String ANSWERING = "Fairlead.answering:";
    private static final String TO_ASKER = "amq.rabbitmq.reply-to";
    private static final int MOST_MESSAGES = 100_000;
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private final Broker broker;
    private final Sender sender;
    private final String prefix;
    private final Duration timeout;
    private final Inbox inbox;
    private final String address;
    private final ExecutorService work = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("fairlead rabbitmq calls ", 1).factory());
    private volatile List<Presence> present = List.of();
    private final Set<String> announced = new HashSet<>();
    private @Nullable Channel channel;

    RabbitCallTransport(Broker broker, Sender sender, RabbitSettings settings, Inbox inbox) {
        this.broker = broker;
        this.sender = sender;
        this.prefix = settings.prefix();
        this.timeout = settings.timeout();
        this.inbox = inbox;
        this.address = prefix + "Fairlead.box." + UUID.randomUUID();
    }

    /** Opens the letter box. */
    static RabbitCallTransport open(Broker broker, Sender sender, RabbitSettings settings, Inbox inbox) {
        RabbitCallTransport made = new RabbitCallTransport(broker, sender, settings, inbox);
        made.channel();
        return made;
    }

    @Override
    public String address() {
        return address;
    }

    /** The channel on which letters come and inquiries are answered; made anew, under the same address, when it was lost. */
    private synchronized Channel channel() {
        Channel open = channel;
        if (open != null && open.isOpen()) {
            return open;
        }
        Channel made = broker.channel("answering");
        broker.on(made, "answering", on -> {
            on.exchangeDeclare(prefix + WHO, BuiltinExchangeType.DIRECT, true);
            on.queueDeclare(address, false, true, true, Map.of("x-max-length", MOST_MESSAGES));
            return on.basicConsume(address, true, new Box(on));
        });
        announced.clear();
        channel = made;
        announceOn(made);
        return made;
    }

    private final class Box extends DefaultConsumer {
        private Box(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                throws IOException {
            if (envelope.getExchange().isEmpty()) {
                inbox.receive(body);
            } else if (properties.getReplyTo() != null) {
                getChannel()
                        .basicPublish(
                                "", properties.getReplyTo(), null, Presences.pack(envelope.getRoutingKey(), present));
            }
        }
    }

    @Override
    public synchronized void announce(List<Presence> all, Duration lease) {
        present = List.copyOf(all);
        announceOn(channel());
    }

    private void announceOn(Channel on) {
        Set<String> items = new HashSet<>();
        present.forEach(presence -> items.add(presence.item()));
        for (String item : items) {
            if (announced.add(item)) {
                broker.on(on, "answering", open -> {
                    open.queueBind(address, prefix + WHO, item);
                    open.queueDeclare(prefix + ANSWERING + item, false, false, true, Map.of("x-max-length", 1));
                    return open.basicConsume(
                            prefix + ANSWERING + item, true, address + " " + item, new DefaultConsumer(open));
                });
            }
        }
        for (String gone : List.copyOf(announced)) {
            if (!items.contains(gone)) {
                announced.remove(gone);
                broker.on(on, "answering", open -> {
                    open.basicCancel(address + " " + gone);
                    return open.queueUnbind(address, prefix + WHO, gone);
                });
            }
        }
    }

    @Override
    public CompletableFuture<Collection<Presence>> find(String item) {
        return onWorker(() -> {
            int answerers = answerers(item);
            return answerers == 0 ? List.<Presence>of() : ask(item, answerers);
        });
    }

    private int answerers(String item) {
        try {
            return broker.once(
                    "looking for answerers",
                    on -> on.queueDeclarePassive(prefix + ANSWERING + item).getConsumerCount());
        } catch (FairleadException failure) {
            if (failure.code() == ErrorCode.STORAGE_DAMAGED) {
                return 0; // there is no such queue, so nobody ever answered, or the last one left
            }
            throw failure;
        }
    }

    private Collection<Presence> ask(String item, int answerers) {
        BlockingQueue<List<Presence>> answers = new LinkedBlockingQueue<>();
        return broker.once("looking for answerers", on -> {
            on.basicConsume(TO_ASKER, true, new DefaultConsumer(on) {
                @Override
                public void handleDelivery(
                        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                    answers.add(Presences.unpack(item, body));
                }
            });
            on.basicPublish(
                    prefix + WHO,
                    item,
                    new AMQP.BasicProperties.Builder().replyTo(TO_ASKER).build(),
                    new byte[0]);
            List<Presence> all = new ArrayList<>();
            long deadline = System.nanoTime() + PATIENCE;
            for (int i = 0; i < answerers; i++) {
                List<Presence> next = next(answers, deadline);
                if (next == null) {
                    break; // it stands still, or has just left
                }
                all.addAll(next);
            }
            return all;
        });
    }

    private static @Nullable List<Presence> next(BlockingQueue<List<Presence>> answers, long deadline) {
        try {
            return answers.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public CompletableFuture<?> send(String to, byte[] message, Duration keep) {
        return onWorker(() -> sender.send("a question", to, Messages.passing(message, keep)))
                .thenCompose(sent -> sent)
                .handle((sent, failure) -> {
                    if (failure != null) {
                        throw told(failure);
                    }
                    return sent;
                });
    }

    /** What no letter box took never will be. */
    private static FairleadException told(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof FairleadException known) {
            return known.code() == ErrorCode.STORAGE_DAMAGED
                    ? Failures.failure(ErrorCode.UNREACHABLE, "the letter box is gone", known)
                    : known;
        }
        return Failures.failure(ErrorCode.OUTCOME_UNKNOWN, "nobody can tell whether a question was sent", cause);
    }

    private <T> CompletableFuture<T> onWorker(Supplier<T> task) {
        try {
            return CompletableFuture.supplyAsync(task, work);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(Failures.closed());
        }
    }

    @Override
    public void close() {
        work.shutdown();
        Uninterrupted.call(() -> {
            try {
                return work.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
        present = List.of();
        Channel open;
        synchronized (this) {
            open = channel;
        }
        if (open != null) {
            Broker.discard(open);
        }
    }
}
