package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.calling.CallTransport;
import dev.fairlead.spi.calling.Presence;
import dev.fairlead.spi.server.Threads;
import dev.fairlead.spi.server.Uninterrupted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The letter box of one opening: the records under its address in one topic that forgets after a minute, and the list of who answers in
 * another, of which the last record under each address counts. One thread reads both.
 *
 * <p>Leases go by the brokers' clock: each record of the list has their time, and the opening's own record, written first, tells what time it is.
 */
final class KafkaCallTransport implements CallTransport {
    private static final System.Logger LOG = System.getLogger(KafkaCallTransport.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Map<String, String> LETTERS =
            Map.of("cleanup.policy", "delete", "retention.ms", "60000", "max.message.bytes", "2097152");
    private static final Map<String, String> LIST =
            Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime");

    private final Cluster cluster;
    private final Inbox inbox;
    private final String address = UUID.randomUUID().toString();
    private final TopicPartition letters;
    private final TopicPartition list;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final PresenceList presences = new PresenceList();
    private final List<Search> searches = new ArrayList<>();
    private volatile boolean closed;
    private final Thread thread;

    /** Somebody waits until the list has been read so far. */
    private record Search(String item, long end, CompletableFuture<Collection<Presence>> found) {}

    private KafkaCallTransport(Cluster cluster, String letters, String list, Inbox inbox) {
        this.cluster = cluster;
        this.inbox = inbox;
        this.letters = new TopicPartition(letters, 0);
        this.list = new TopicPartition(list, 0);
        this.producer = cluster.orderedProducer();
        this.consumer = cluster.consumer("read_uncommitted");
        this.thread = Thread.ofPlatform().daemon().name("fairlead kafka calls").unstarted(this::run);
    }

    static CallTransport open(Cluster cluster, Topics topics, Inbox inbox) {
        String letters = topics.name("Fairlead.letters");
        String list = topics.name("Fairlead.answerers");
        topics.create(letters, LETTERS);
        topics.create(list, LIST);
        KafkaCallTransport transport = new KafkaCallTransport(cluster, letters, list, inbox);
        try {
            Uninterrupted.run(transport::begin);
            return transport;
        } catch (KafkaException e) {
            transport.discard();
            throw Failures.of("the letter box at kafka", e);
        } catch (RuntimeException | Error e) {
            transport.discard();
            throw e;
        }
    }

    private void begin() {
        consumer.assign(List.of(letters, list));
        consumer.seekToBeginning(List.of(list));
        consumer.seekToEnd(List.of(letters));
        consumer.position(letters, cluster.settings().timeout()); // what is sent from now on comes
        announce(List.of(), Duration.ZERO); // tells the time
        thread.start();
    }

    private void discard() {
        Producers.discard(producer);
        Consumers.discard(consumer);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void announce(List<Presence> all, Duration lease) {
        byte[] value = PresenceList.pack(all, lease);
        try {
            Uninterrupted.call(
                            () -> producer.send(new ProducerRecord<>(list.topic(), 0, address.getBytes(UTF_8), value)))
                    .get(cluster.settings().timeout().toNanos() * 2, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        } catch (Exception e) {
            throw away("telling that it answers", e);
        }
    }

    private FairleadException away(String what, Throwable e) {
        return Failures.failure(
                ErrorCode.UNREACHABLE,
                "kafka at " + cluster.settings().url() + ": " + what + " failed: " + e.getMessage(),
                e);
    }

    @Override
    public CompletableFuture<Collection<Presence>> find(String item) {
        CompletableFuture<Collection<Presence>> found = new CompletableFuture<>();
        try {
            cluster.admin().listOffsets(Map.of(list, OffsetSpec.latest())).all().whenComplete((offsets, failure) -> {
                if (failure != null) {
                    found.completeExceptionally(away("a look at who answers", failure));
                } else {
                    ListOffsetsResultInfo end = Objects.requireNonNull(offsets.get(list));
                    search(new Search(item, end.offset(), found));
                }
            });
        } catch (FairleadException | KafkaException e) {
            found.completeExceptionally(away("a look at who answers", e));
        }
        return found.orTimeout(cluster.settings().timeout().toNanos() * 2, TimeUnit.NANOSECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof FairleadException ? failure : away("a look at who answers", failure)));
    }

    private void search(Search search) {
        synchronized (searches) {
            searches.add(search);
        }
        endSearches();
    }

    private void endSearches() {
        List<Search> ended = new ArrayList<>();
        synchronized (searches) {
            searches.removeIf(search -> search.end() <= presences.readTo() && ended.add(search));
        }
        ended.forEach(search -> search.found().complete(presences.of(search.item())));
    }

    @Override
    public CompletableFuture<?> send(String to, byte[] message, Duration keep) {
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(letters.topic(), 0, to.getBytes(UTF_8), message);
        try {
            Uninterrupted.run(() -> producer.send(letter, (written, failure) -> {
                if (failure == null) {
                    sent.complete(true);
                } else {
                    sent.completeExceptionally(Failures.failure(
                            ErrorCode.OUTCOME_UNKNOWN,
                            "kafka at " + cluster.settings().url() + " did not acknowledge a message: "
                                    + failure.getMessage(),
                            failure));
                }
            }));
        } catch (KafkaException | IllegalStateException e) {
            sent.completeExceptionally(away("sending a message", e));
        }
        return sent;
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                read();
            }
        }
    }

    private void read() {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LOOK)) {
                receive(record);
            }
            presences.readTo(consumer.position(list, LOOK));
            endSearches();
        } catch (WakeupException e) {
            // The loop looks whether this is the end.
        } catch (InvalidOffsetException e) {
            consumer.seekToBeginning(List.of(list));
            consumer.seekToEnd(List.of(letters));
        } catch (KafkaException e) {
            LOG.log(System.Logger.Level.DEBUG, "messages of calls cannot be read now", e);
            Pauses.sleep(Duration.ofMillis(100));
        }
    }

    private void receive(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (key == null) {
            return;
        }
        String name = new String(key, UTF_8);
        if (record.topic().equals(list.topic())) {
            presences.note(name, value, record.timestamp());
        } else if (name.equals(address) && value != null && value.length <= MAX_MESSAGE) {
            inbox.receive(value);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            producer.send(new ProducerRecord<>(list.topic(), 0, address.getBytes(UTF_8), null));
            producer.close(cluster.settings().timeout());
        } catch (KafkaException | IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "a letter box did not end in order; its lease ends it", e);
        }
        consumer.wakeup();
        Threads.join(thread, cluster.settings().timeout());
        synchronized (searches) {
            searches.forEach(search -> search.found().completeExceptionally(Failures.closed()));
            searches.clear();
        }
    }
}
