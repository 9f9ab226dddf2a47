package dev.fairlead.mechanisms.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fairlead.api.Copy;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Handler;
import dev.fairlead.api.Handling;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Reading;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.api.Trace;
import dev.fairlead.servers.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that know Kafka and CloudEvents, and nothing of Fairlead. */
class CloudEventsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String SHOP = """
            service: shop
            shares:
              sale:
                kind: event
                key: saleId
                events:
                  Sold: { sku: string }
              price:
                kind: state
                key: sku
                envelope: cloudevents
                fields: { sku: string, amount: int32 }
              stock:
                kind: state
                key: sku
                fields: { sku: string, amount: int32 }
              pay:
                kind: request
                delivery: guaranteed
                envelope: cloudevents
                question: { saleId: string }
            """;

    private static final String BILLING = """
            service: billing
            needs:
              shop.sale:
                why: what was sold is billed
              shop.price:
                uses: [ sku, amount ]
                within: 60s
                why: invoices show the price
              shop.stock:
                uses: [ sku, amount ]
                within: 60s
                why: what is gone is not billed
              shop.pay:
                why: bills are paid
            """;

    record Price(String sku, int amount) {}

    sealed interface Sale permits Sold {}

    record Sold(String sku) implements Sale {}

    record Pay(String saleId) {}

    private static final EventItem<String, Sale> SALES = EventItem.of("shop.sale", String.class, Sale.class);
    private static final StateItem<String, Price> PRICES = StateItem.of("shop.price", String.class, Price.class);
    private static final StateItem<String, Price> STOCK = StateItem.of("shop.stock", String.class, Price.class);
    private static final TellItem<Pay> PAY = TellItem.of("shop.pay", Pay.class);

    private final String url = RealServer.KAFKA.shared().getOrDefault("url", "");
    private String prefix;
    private Fairlead shop;
    private Fairlead billing;

    @BeforeEach
    void open(@TempDir Path plan) throws IOException {
        prefix = "ce" + Integer.toHexString(plan.hashCode()) + "-";
        Files.writeString(plan.resolve("shop.yaml"), SHOP);
        Files.writeString(plan.resolve("billing.yaml"), BILLING);
        Files.writeString(
                plan.resolve("landscape.yaml"),
                "mechanisms:\n  kafka: { url: \"" + url + "\", timeout: 60s, prefix: " + prefix + " }\n");
        shop = Fairlead.open("shop", plan);
        billing = Fairlead.open("billing", plan);
    }

    @AfterEach
    void close() {
        shop.close();
        billing.close();
        Kafka.remove(url, prefix);
    }

    @Test
    void aProgramWithoutFairleadReadsAnEvent() throws Exception {
        Trace trace = Trace.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Origin.of(trace).during(() -> shop.events(SALES).append("s1", new Sold("85123A")));

        ConsumerRecord<String, String> record = read(prefix + "shop.sale").getFirst();
        assertThat(record.key()).isEqualTo("s1");
        assertThat(record.value()).isEqualTo("{\"sku\":\"85123A\"}");
        Map<String, String> headers = headers(record);
        assertThat(headers)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "shop.sale.Sold")
                .containsEntry("ce_source", "fairlead:shop.sale")
                .containsEntry("ce_id", "s1/1")
                .containsEntry("ce_partitionkey", "s1")
                .containsEntry("ce_fairleadversion", "1")
                .containsEntry("ce_fairleadepoch", "1")
                .containsEntry("ce_fairleadchecksum", checksum("shop.sale", "s1", 1, record.value()))
                .containsEntry("content-type", "application/json")
                .containsKey("ce_time");
        assertThat(headers.get("ce_traceparent")).startsWith("00-0af7651916cd43dd8448eb211c80319c-");
        assertThat(headers).doesNotContainKey("ce_datacontenttype");
    }

    @Test
    void aProgramWithoutFairleadReadsStateAndWhatIsTold() {
        shop.own(PRICES).put(new Price("85123A", 255));
        shop.own(PRICES).remove("85123A");
        shop.own(STOCK).put(new Price("85123A", 6));
        billing.tell(PAY, new Pay("s1"));

        List<ConsumerRecord<String, String>> prices = read(prefix + "shop.price");
        assertThat(prices)
                .extracting(record -> headers(record).get("ce_type"))
                .containsExactly("shop.price.changed", "shop.price.removed");
        assertThat(headers(read(prefix + "shop.stock").getFirst()).keySet())
                .as("state is packed, unless the plan says otherwise")
                .containsExactly(Records.ENVELOPE);
        ConsumerRecord<String, String> told =
                read(prefix + "Fairlead.queue.shop.pay").getFirst();
        assertThat(told.value()).isEqualTo("{\"saleId\":\"s1\"}");
        assertThat(headers(told)).containsEntry("ce_type", "shop.pay.told");
    }

    @Test
    void aGroupHandlesWhatAProgramWithoutFairleadHasWritten() throws Exception {
        BlockingQueue<EventRecord<String, Sale>> heard = new LinkedBlockingQueue<>();
        billing.events(SALES).follow("bills", Handler.projection(heard::add));
        Map<String, String> least = Map.of("id", "x-1", "source", "/till/7", "type", "shop.sale.Sold");
        write(prefix + "shop.sale", "s1", "{\"sku\":\"A\"}", least);
        write(prefix + "shop.sale", null, "{\"sku\":\"B\"}", with(least, "partitionkey", "s2"));
        write(prefix + "shop.sale", "s3", "{\"sku\":\"C\"}", with(least, "fairleadchecksum", "00000000"));
        String checked = "{\"sku\":\"D\"}";
        write(
                prefix + "shop.sale",
                "s4",
                checked,
                with(with(least, "fairleadversion", "9"), "fairleadchecksum", checksum("shop.sale", "s4", 9, checked)));
        write(prefix + "shop.sale", "s1", "{\"sku\":\"E\"}", with(least, "time", "2026-01-02T03:04:05+01:00"));

        List<EventRecord<String, Sale>> handled = new ArrayList<>(); // keys do not wait for one another
        for (int count = 0; count < 4; count++) {
            handled.add(next(heard));
        }
        assertThat(handled)
                .as("the one with a wrong checksum is not handled")
                .extracting(EventRecord::key, EventRecord::event)
                .containsExactlyInAnyOrder(
                        tuple("s1", new Sold("A")),
                        tuple("s2", new Sold("B")),
                        tuple("s4", new Sold("D")),
                        tuple("s1", new Sold("E")));
        List<EventRecord<String, Sale>> ofOneKey =
                handled.stream().filter(event -> event.key().equals("s1")).toList();
        assertThat(ofOneKey).extracting(EventRecord::event).containsExactly(new Sold("A"), new Sold("E"));
        assertThat(ofOneKey.getFirst().version()).isEqualTo(1);
        assertThat(ofOneKey.getLast().version()).isGreaterThan(1);
        assertThat(ofOneKey.getLast().time()).isEqualTo("2026-01-02T02:04:05Z");
        assertThat(handled).anySatisfy(event -> assertThat(event.version()).isEqualTo(9));
    }

    @Test
    void anOwnerGoesOnBehindWhatOthersHaveWritten() {
        Events<String, Sale> sales = shop.events(SALES);
        write(prefix + "shop.sale", "s1", "{\"sku\":\"A\"}", Map.of("id", "x-1", "source", "/till/7", "type", "Sold"));
        sales.append("s1", new Sold("B"));

        List<EventRecord<String, Sale>> all = sales.read(sales.oldest(), 10).records();
        assertThat(all).extracting(EventRecord::event).containsExactly(new Sold("A"), new Sold("B"));
        assertThat(all.get(1).version()).isGreaterThan(all.get(0).version());
    }

    @Test
    void aCopyTakesStateOfOthersWhereThePlanSaysSo() {
        Map<String, String> changed = Map.of("id", "p-1", "source", "/prices", "type", "shop.price.changed");
        Copy<String, Price> prices = billing.copy(PRICES);
        Copy<String, Price> stock = billing.copy(STOCK);
        write(prefix + "shop.price", "A", "{\"sku\":\"A\",\"amount\":1}", changed);
        write(prefix + "shop.price", "A", "{\"sku\":\"A\",\"amount\":2}", changed);
        write(prefix + "shop.stock", "A", "{\"sku\":\"A\",\"amount\":1}", with(changed, "type", "shop.stock.changed"));

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prices.read("A").toString()).contains("amount=2"));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stock.statistics().damaged()).isPositive());
        assertThat(stock.read("A")).isNotInstanceOf(Reading.Fresh.class);

        write(prefix + "shop.price", "A", null, with(changed, "type", "shop.price.removed"));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prices.read("A").toString()).doesNotContain("amount"));
        shop.own(STOCK).put(new Price("B", 7));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stock.read("B").toString()).contains("amount=7"));
    }

    @Test
    void aHandlerIsToldByProgramsWithoutFairlead() throws Exception {
        BlockingQueue<Pay> told = new LinkedBlockingQueue<>();
        try (Handling<Pay> handling = shop.handle(PAY, (pay, how) -> told.add(pay))) {
            write(
                    prefix + "Fairlead.queue.shop.pay",
                    null,
                    "{\"saleId\":\"s7\"}",
                    Map.of("id", "1", "source", "/till/7", "type", "shop.pay.told"));
            assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Pay("s7"));
            write(prefix + "Fairlead.queue.shop.pay", null, "{\"saleId\":\"s8\"}", Map.of());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreException(FairleadException.class)
                    .until(() -> handling.deadLetters(-1, 10).size() == 1);
        }
        assertThat(told).isEmpty();
    }

    private static <T> T next(BlockingQueue<T> heard) throws InterruptedException {
        T next = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("an event in time").isNotNull();
        return next;
    }

    private static Map<String, String> with(Map<String, String> attributes, String name, String value) {
        Map<String, String> all = new HashMap<>(attributes);
        all.put(name, value);
        return all;
    }

    /** As the page says that it is computed. */
    private static String checksum(String item, String key, long version, String value) {
        CRC32C crc = new CRC32C();
        crc.update(item.getBytes(UTF_8));
        crc.update(key.getBytes(UTF_8));
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (version >> shift) & 0xff);
        }
        crc.update(value.getBytes(UTF_8));
        return String.format(java.util.Locale.ROOT, "%08x", crc.getValue());
    }

    private void write(String topic, @Nullable String key, @Nullable String value, Map<String, String> attributes) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", url, "max.block.ms", PATIENCE.toMillis()),
                new StringSerializer(),
                new StringSerializer())) {
            ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, value);
            if (!attributes.isEmpty()) {
                record.headers().add("ce_specversion", "1.0".getBytes(UTF_8));
                record.headers().add("content-type", "application/json".getBytes(UTF_8));
            }
            attributes.forEach((name, text) -> record.headers().add("ce_" + name, text.getBytes(UTF_8)));
            producer.send(record).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<ConsumerRecord<String, String>> read(String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", url, "isolation.level", "read_committed", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            List<ConsumerRecord<String, String>> all = new java.util.ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(all::add);
            }
            return all;
        }
    }

    private static Map<String, String> headers(ConsumerRecord<String, String> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }
}
