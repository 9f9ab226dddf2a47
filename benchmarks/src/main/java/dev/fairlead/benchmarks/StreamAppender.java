package dev.fairlead.benchmarks;

import com.rabbitmq.stream.Address;
import com.rabbitmq.stream.ConfirmationStatus;
import com.rabbitmq.stream.Consumer;
import com.rabbitmq.stream.Environment;
import com.rabbitmq.stream.EnvironmentBuilder;
import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.OffsetSpecification;
import com.rabbitmq.stream.Producer;
import com.rabbitmq.stream.compression.Compression;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.input.Credentials;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** RabbitMQ's own stream client: a named producer, whose messages the server takes once each, in pieces of 100 that it takes all or none. */
final class StreamAppender implements Appender {
    private static final long PATIENCE_SECONDS = 30;
    private static final int AHEAD = 100_000;
    private static final String KEY = "key";
    private static final String HEADER = "header";

    private final Environment environment;
    private final Producer producer;
    private final String stream;
    private final Records records;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong confirmed = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    StreamAppender(ServerPlace place, String stream, Records records) {
        this.stream = stream;
        this.records = records;
        this.environment = environment(place);
        environment.streamCreator().stream(stream).create();
        this.producer = environment.producerBuilder().stream(stream)
                .name("bench")
                .subEntrySize(AppendMeasurement.BATCH)
                .compression(Compression.NONE)
                .batchSize(AppendMeasurement.BATCH)
                .maxUnconfirmedMessages(AHEAD)
                .build();
    }

    /** The server may tell another address than the one under which it is reached. */
    private static Environment environment(ServerPlace place) {
        String host = URI.create(place.url()).getHost();
        int port = Integer.parseInt(place.setting("stream-port", "5552"));
        EnvironmentBuilder builder =
                Environment.builder().host(host).port(port).addressResolver(told -> new Address(host, port));
        Credentials credentials = place.credentials();
        if (credentials.user() != null) {
            builder.username(credentials.user()).password(credentials.password());
        }
        return builder.build();
    }

    @Override
    public void append(List<LogEntry> batch) {
        for (LogEntry entry : batch) {
            Message message = producer.messageBuilder()
                    .applicationProperties()
                    .entry(KEY, entry.key())
                    .entry(HEADER, entry.header())
                    .messageBuilder()
                    .addData(entry.payload())
                    .build();
            producer.send(message, this::confirmed);
        }
        sent.addAndGet(batch.size());
    }

    private void confirmed(ConfirmationStatus status) {
        if (!status.isConfirmed()) {
            failure.set(new IllegalStateException("a message was not confirmed: " + status.getCode()));
        }
        confirmed.incrementAndGet();
    }

    @Override
    public void settle() {
        while (confirmed.get() < sent.get()) {
            Thread.onSpinWait();
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public void follow(long wanted) throws InterruptedException {
        read(wanted, Records.Look.BOTH_ENDS);
    }

    @Override
    public long replay(Records.Look look) throws InterruptedException {
        long wanted = sent.get();
        read(wanted, look);
        return wanted;
    }

    private void read(long wanted, Records.Look look) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        AtomicLong number = new AtomicLong();
        Consumer consumer = environment.consumerBuilder().stream(stream)
                .offset(OffsetSpecification.first())
                .noTrackingStrategy()
                .messageHandler((context, message) -> {
                    try {
                        long now = number.getAndIncrement();
                        records.verify(now, record(context.offset(), message), look);
                        if (now + 1 == wanted) {
                            done.countDown();
                        }
                    } catch (RuntimeException e) {
                        failure.set(e);
                        done.countDown();
                    }
                })
                .build();
        try (consumer) {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("of " + wanted + " messages only " + number + " came");
            }
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static LogRecord record(long offset, Message message) {
        Map<String, Object> properties = message.getApplicationProperties();
        return new LogRecord(
                offset, bytes(properties.get(KEY)), bytes(properties.get(HEADER)), message.getBodyAsBinary());
    }

    private static byte[] bytes(@Nullable Object value) {
        return (byte[]) Objects.requireNonNull(value);
    }

    @Override
    public void close() {
        producer.close();
        environment.deleteStream(stream);
        environment.close();
    }
}
