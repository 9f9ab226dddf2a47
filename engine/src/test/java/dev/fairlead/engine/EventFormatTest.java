package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Trace;
import dev.fairlead.codecs.json.JsonCodecProvider;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.contracts.Fields;
import dev.fairlead.engine.SalePlan.ItemAdded;
import dev.fairlead.engine.SalePlan.Sale;
import dev.fairlead.engine.transaction.OutboxStamp;
import dev.fairlead.planner.WhenUnknown;
import dev.fairlead.spi.Retention;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventFormatTest {
    private static final byte[] KEY = "s1".getBytes(UTF_8);
    private static final byte[] PAYLOAD = "{}".getBytes(UTF_8);

    private final EventFormat format = new EventFormat("checkout.sale");
    private final EventEnvelope envelope = new EventEnvelope(
            "ItemAdded", 7, 3, Instant.parse("2026-01-02T03:04:05.678901Z"), Origin.of(Trace.begin()));

    private final EventEnvelope fromOutbox =
            new EventEnvelope("ItemAdded", 7, 3, envelope.time(), envelope.origin(), new OutboxStamp(5, -77));

    @Test
    void whatIsPackedComesBack() {
        for (EventEnvelope packed : List.of(envelope, fromOutbox)) {
            assertThat(format.unpack(format.pack(packed, KEY, PAYLOAD), KEY, PAYLOAD))
                    .isEqualTo(packed);
        }
    }

    @Test
    void aChangeOfAnyByteIsFoundTheTypeAndTheStampIncluded() {
        for (EventEnvelope packed : List.of(envelope, fromOutbox)) {
            aChangeOfAnyByteIsFound(format.pack(packed, KEY, PAYLOAD));
        }
    }

    private void aChangeOfAnyByteIsFound(byte[] header) {
        for (int i = 0; i < header.length; i++) {
            byte[] changed = header.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> format.unpack(changed, KEY, PAYLOAD))
                    .as("byte " + i)
                    .isInstanceOf(FairleadException.class);
        }
        assertThatThrownBy(() -> format.unpack(header, "s2".getBytes(UTF_8), PAYLOAD))
                .hasMessageContaining("checksum");
        assertThatThrownBy(() -> format.unpack(header, KEY, "[]".getBytes(UTF_8)))
                .hasMessageContaining("checksum");
        assertThatThrownBy(() -> new EventFormat("checkout.other").unpack(header, KEY, PAYLOAD))
                .hasMessageContaining("checksum");
    }

    @Test
    void headersOfStateAndOfNobodyAreRefused() {
        byte[] state = new EnvelopeFormat("checkout.sale")
                .pack(new Envelope(Envelope.Kind.VALUE, 1, 1, envelope.time(), 0, null, 0), KEY, PAYLOAD);
        assertThatThrownBy(() -> format.unpack(state, KEY, PAYLOAD)).hasMessageContaining("no event envelope");
        assertThatThrownBy(() -> format.unpack(new byte[0], KEY, PAYLOAD)).hasMessageContaining("no event envelope");
        byte[] negative = format.pack(envelope, KEY, PAYLOAD);
        negative[25] = -1;
        assertThatThrownBy(() -> format.unpack(negative, KEY, PAYLOAD)).hasMessageContaining("no event envelope");
    }

    @Test
    void aFieldThatIsNotUsedIsGoneBeforeTheEventIsDecoded() {
        Fields all = Fields.of(Field.of("sku", Scalar.STRING), Field.of("quantity", Scalar.INT32));
        EventPlan plan = new EventPlan(
                "checkout.sale",
                "billing",
                EventPlan.Access.READ,
                Map.of("ItemAdded", all),
                Map.of("ItemAdded", Fields.of(Field.of("quantity", Scalar.INT32))),
                new Retention.KeepAll(),
                Optional.empty(),
                dev.fairlead.planner.Envelope.CLOUDEVENTS,
                WhenUnknown.PARK,
                FailurePolicy.usual());
        EventTypes<Sale> types = new EventTypes<>(plan, Sale.class, new JsonCodecProvider());

        byte[] payload = types.encode(new ItemAdded("85123A", 6));
        assertThat(new String(payload, UTF_8)).contains("85123A");
        assertThatThrownBy(() -> types.decode("ItemAdded", payload)).hasMessageContaining("has no sku");
    }
}
