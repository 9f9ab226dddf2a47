package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.planner.Envelope;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.cloudevents.CloudEvent;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ForeignRecordsTest {
    private static final byte[] KEY = "1".getBytes(UTF_8);
    private static final byte[] DATA = "{}".getBytes(UTF_8);
    private static final Map<String, String> PLAIN =
            Map.of("specversion", "1.0", "id", "e-1", "source", "/shop", "type", "shop.sale.ItemAdded");

    private static ItemPlan plan(Envelope envelope) {
        return new ItemPlan(
                "shop.price",
                "shop",
                "sku",
                Set.of(),
                Optional.empty(),
                envelope,
                Duration.ofSeconds(1),
                List.of(),
                new TreeMap<>());
    }

    private static LogRecord record(long offset, Map<String, String> attributes, byte[] data) {
        return new LogRecord(offset, KEY, ForeignHeader.of(attributes), data);
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> attributes = new HashMap<>(PLAIN);
        attributes.put(name, value);
        return attributes;
    }

    @Test
    void anEventWithoutAVersionHasItsPlaceAsItsVersion() {
        EventEnvelope read = new EventFormat("shop.sale").read(record(41, PLAIN, DATA));
        assertThat(read.type()).isEqualTo("ItemAdded");
        assertThat(read.version()).isEqualTo(42);
        assertThat(read.epoch()).isZero();
        assertThat(read.time()).isEqualTo(Instant.EPOCH);
        assertThat(new EventFormat("shop.sale")
                        .read(record(41, with("fairleadversion", "7"), DATA))
                        .version())
                .isEqualTo(7);
    }

    @Test
    void anEventMayNameItsTypeWithoutTheItem() {
        assertThat(new EventFormat("shop.sale")
                        .read(record(0, with("type", "ItemAdded"), DATA))
                        .type())
                .isEqualTo("ItemAdded");
    }

    @Test
    void stateIsTakenFromOthersOnlyWhereThePlanSaysSo() {
        LogRecord record = record(9, with("type", "shop.price.changed"), DATA);
        dev.fairlead.engine.Envelope read =
                EnvelopeFormat.of(plan(Envelope.CLOUDEVENTS)).read(record);
        assertThat(read.kind()).isEqualTo(dev.fairlead.engine.Envelope.Kind.VALUE);
        assertThat(read.version()).isEqualTo(10);
        assertThatThrownBy(() -> EnvelopeFormat.of(plan(Envelope.PACKED)).read(record))
                .hasMessageContaining("envelope: cloudevents");
    }

    @Test
    void aRecordOfStateSaysWhatItDoesAndHasAValueIfItNeedsOne() {
        EnvelopeFormat format = EnvelopeFormat.of(plan(Envelope.CLOUDEVENTS));
        assertThatThrownBy(() -> format.read(record(9, PLAIN, DATA))).hasMessageContaining("ItemAdded");
        Map<String, String> removed = with("type", "shop.price.removed");
        assertThatThrownBy(() -> format.read(record(9, removed, DATA))).hasMessageContaining("and a value");
        assertThat(format.read(record(9, removed, new byte[0])).removal()).isTrue();
        assertThatThrownBy(() -> format.read(record(9, with("type", "shop.price.changed"), new byte[0])))
                .hasMessageContaining("no value");
    }

    @Test
    void whatIsToldByOthersHasTheSameKeyEachTime() {
        Question message = new Question(ForeignHeader.of(with("type", "shop.pay.told")), DATA);
        CallFormat open = new CallFormat("shop.pay", Envelope.CLOUDEVENTS);
        UUID key = open.unpack(message).key();
        assertThat(open.unpack(message).key()).isEqualTo(key);
        Question other = new Question(
                ForeignHeader.of(Map.of("specversion", "1.0", "id", "e-2", "source", "/shop", "type", "shop.pay.told")),
                DATA);
        assertThat(open.unpack(other).key()).isNotEqualTo(key);
        assertThatThrownBy(() -> new CallFormat("shop.pay").unpack(message))
                .hasMessageContaining("envelope: cloudevents");
        assertThatThrownBy(() -> open.unpack(new Question(ForeignHeader.of(PLAIN), DATA)))
                .hasMessageContaining("not shop.pay.told");
    }

    @Test
    void whatTheOwnerWritesIsReadByItsAttributesAloneAsByItsHeader() {
        dev.fairlead.engine.Envelope written = new dev.fairlead.engine.Envelope(
                dev.fairlead.engine.Envelope.Kind.RETIRED,
                3,
                2,
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                0,
                null,
                0);
        CloudEvent event = Objects.requireNonNull(
                new CloudEventForm("shop.price", Envelope.CLOUDEVENTS, "application/json").of(written, KEY));
        dev.fairlead.engine.Envelope read =
                EnvelopeFormat.of(plan(Envelope.CLOUDEVENTS)).read(record(5, event.attributes(KEY, DATA), DATA));
        assertThat(read).usingRecursiveComparison().ignoringFields("checksum").isEqualTo(written);
        assertThat(new CloudEventForm("shop.price", Envelope.PACKED, "application/json").of(written, KEY))
                .isNull();
    }
}
