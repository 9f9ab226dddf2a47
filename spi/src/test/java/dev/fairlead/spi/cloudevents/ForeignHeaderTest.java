package dev.fairlead.spi.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Cause;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Position;
import dev.fairlead.api.Trace;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForeignHeaderTest {
    private static final String ITEM = "checkout.sale";
    private static final byte[] KEY = "s/1 ü".getBytes(UTF_8);
    private static final byte[] DATA = "{}".getBytes(UTF_8);
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Trace TRACE = Trace.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private static CloudEvent event(@Nullable Cause cause) {
        return new CloudEvent(
                ITEM,
                "ItemAdded",
                CloudEvent.id(KEY, 7),
                7,
                3,
                TIME,
                new Origin(TRACE, Optional.ofNullable(cause)),
                "application/json");
    }

    private static CloudEvent read(Map<String, String> attributes) {
        return ForeignHeader.read(ITEM, ForeignHeader.of(attributes), KEY, DATA);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (Cause cause : List.of(
                new Cause.Written("profile.profile", new Position(0, 17)),
                new Cause.Question("checkout.quote", new UUID(1, 2)))) {
            assertThat(read(event(cause).attributes(KEY, DATA))).isEqualTo(event(cause));
        }
        assertThat(read(event(null).attributes(KEY, DATA))).isEqualTo(event(null));
    }

    @Test
    void theAttributesAreThoseOfTheSpecification() {
        Map<String, String> attributes =
                event(new Cause.Written("profile.profile", new Position(0, 17))).attributes(KEY, DATA);
        assertThat(attributes)
                .containsEntry("specversion", "1.0")
                .containsEntry("id", "s%2F1+%C3%BC/7")
                .containsEntry("source", "fairlead:checkout.sale")
                .containsEntry("type", "checkout.sale.ItemAdded")
                .containsEntry("time", "2026-01-02T03:04:05.678901Z")
                .containsEntry("datacontenttype", "application/json")
                .containsEntry("partitionkey", "s/1 ü")
                .containsEntry("traceparent", TRACE.traceparent())
                .containsEntry("fairleadcause", "profile.profile@0:17")
                .containsEntry("fairleadversion", "7")
                .containsEntry("fairleadepoch", "3")
                .hasSize(12);
        assertThat(attributes.keySet())
                .as("extension names as the specification wants them")
                .allMatch(name -> name.matches("[a-z0-9]{1,20}"));
    }

    @Test
    void aStrangerMayLeaveOutAllButWhatEveryCloudEventHas() {
        CloudEvent read = read(Map.of("specversion", "1.0", "id", "1", "source", "/shop", "type", "ItemAdded"));
        assertThat(read).isEqualTo(new CloudEvent(ITEM, "ItemAdded", "1", 0, 0, null, null, ""));
    }

    @Test
    void whatIsMissingOrWrongIsRefusedByName() {
        Map<String, String> good = event(null).attributes(KEY, DATA);
        for (String name : List.of("id", "source", "type")) {
            refused(good, name, "", name + " is missing");
        }
        refused(good, "specversion", "0.3", "specversion is not 1.0");
        refused(good, "time", "yesterday", "time is no time");
        refused(good, "time", "+999999999-01-01T00:00:00Z", "time");
        refused(good, "fairleadversion", "x", "fairleadversion is no whole number");
        refused(good, "fairleadversion", "0", "fairleadversion is below 1");
        refused(good, "fairleadepoch", "-4", "fairleadepoch is below 1");
        refused(good, "fairleadcause", "somebody", "fairleadcause is neither");
        refused(good, "fairleadcause", "a.b?------------------------------------", "fairleadcause");
        refused(good, "fairleadchecksum", "00000000", "fairleadchecksum does not fit");
        refused(good, "fairleadversion", "8", "fairleadchecksum does not fit");
    }

    private static void refused(Map<String, String> good, String name, String value, String message) {
        Map<String, String> bad = new HashMap<>(good);
        bad.put(name, value);
        assertThatThrownBy(() -> read(bad))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theChecksumFindsAnotherItemKeyOrValue() {
        byte[] header = ForeignHeader.of(event(null).attributes(KEY, DATA));
        assertThatThrownBy(() -> ForeignHeader.read("checkout.other", header, KEY, DATA))
                .hasMessageContaining("checksum");
        assertThatThrownBy(() -> ForeignHeader.read(ITEM, header, new byte[] {1}, DATA))
                .hasMessageContaining("checksum");
        assertThatThrownBy(() -> ForeignHeader.read(ITEM, header, KEY, KEY)).hasMessageContaining("checksum");
    }

    @Test
    void aTraceThatIsNoneIsPassedOver() {
        Map<String, String> attributes = new HashMap<>(event(null).attributes(KEY, DATA));
        attributes.put("traceparent", "nonsense");
        assertThat(read(attributes).origin()).isNull();
    }

    @Test
    void noHeaderIsMadeOfWhatIsNoCloudEventOrDoesNotPrint() {
        assertThat(ForeignHeader.of(Map.of("id", "1"))).isEmpty();
        assertThat(ForeignHeader.of(Map.of("specversion", "1.0", "id", "a\nb"))).isEmpty();
        assertThat(ForeignHeader.of(Map.of("specversion", "1.0", "id", "\ud800")))
                .isEmpty();
        assertThat(ForeignHeader.of(Map.of("specversion", "1.0", "id", "x".repeat(5000))))
                .isEmpty();
        assertThat(ForeignHeader.of(Map.of("specversion", "1.0", "id", "ü".repeat(2100))))
                .isEmpty();
    }

    @Test
    void aKeyThatDoesNotPrintStaysOutOfTheAttributes() {
        assertThat(event(null).attributes(new byte[] {'a', 0}, DATA)).doesNotContainKey("partitionkey");
        assertThat(event(null).attributes(new byte[] {(byte) 0xC3}, DATA)).doesNotContainKey("partitionkey");
    }

    @Test
    void aRemovalHasNoTypeOfContent() {
        assertThat(event(null).attributes(KEY, new byte[0])).doesNotContainKey("datacontenttype");
    }
}
