package dev.fairlead.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an application would write with Kafka's own client: values as JSON, a transaction for each batch, and a reader that decodes what is
 * committed and keeps the newest value of each key in a map.
 */
final class KafkaClient implements AutoCloseable {
    /** As long as the packed envelope of a record of state. */
    private static final int ENVELOPE = 33;

    /** What a record holds beside its value. */
    enum Shape {
        /** A key, and as many bytes of header as Fairlead writes. */
        SAME_BYTES,
        /** Nothing; the key is taken from the value. */
        BARE,
        /** As {@link #SAME_BYTES}, with one value encoded before and none decoded: what the way between costs alone. */
        READY_MADE
    }

    private final KafkaConnection connection;
    private final String topic;
    private final Shape shape;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final JsonMapper json = JsonMapper.shared();
    private final List<Header> headers = List.of(new RecordHeader("fairlead", new byte[ENVELOPE]));
    private final byte[] ready = json.writeValueAsBytes(Quotes.quote(Quotes.symbol(1234), 123_456));
    private final Map<String, Quotes.Quote> newest = new ConcurrentHashMap<>();

    KafkaClient(ServerPlace place, Shape shape) throws Exception {
        this.connection = new KafkaConnection(place);
        this.topic = place.named(Names.next("_plain_topic"));
        this.shape = shape;
        connection.create(topic);
        this.producer = connection.producer(topic);
        this.consumer = connection.consumer(topic);
    }

    /** Sends so many values while the reader reads them; returns when it has the last. */
    void send(int count, int batch, int keys) throws Exception {
        Callable<?> reading = () -> {
            KafkaConnection.read(consumer, count, records -> records.forEach(this::keep));
            return null;
        };
        Callable<?> writing = () -> {
            for (int from = 0; from < count; from += batch) {
                commit(Quotes.batch(from, Math.min(batch, count - from), keys));
            }
            return null;
        };
        Together.run(List.of(reading, writing));
    }

    private void commit(List<Quotes.Quote> batch) {
        producer.beginTransaction();
        for (Quotes.Quote quote : batch) {
            Future<?> unused = producer.send(record(quote)); // the commit fails if it does
        }
        producer.commitTransaction();
    }

    private ProducerRecord<byte[], byte[]> record(Quotes.Quote quote) {
        return switch (shape) {
            case SAME_BYTES -> record(quote, json.writeValueAsBytes(quote));
            case READY_MADE -> record(quote, ready);
            case BARE -> new ProducerRecord<>(topic, 0, null, json.writeValueAsBytes(quote));
        };
    }

    private ProducerRecord<byte[], byte[]> record(Quotes.Quote quote, byte[] value) {
        return new ProducerRecord<>(topic, 0, null, quote.symbol().getBytes(UTF_8), value, headers);
    }

    private void keep(ConsumerRecord<byte[], byte[]> record) {
        switch (shape) {
            case SAME_BYTES ->
                newest.put(new String(record.key(), UTF_8), json.readValue(record.value(), Quotes.Quote.class));
            case BARE -> {
                Quotes.Quote quote = json.readValue(record.value(), Quotes.Quote.class);
                newest.put(quote.symbol(), quote);
            }
            case READY_MADE -> {
                // Only that it came counts.
            }
        }
    }

    @Override
    public void close() throws Exception {
        consumer.close();
        producer.close();
        connection.delete(topic);
    }
}
