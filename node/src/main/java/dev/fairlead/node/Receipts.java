package dev.fairlead.node;

import dev.fairlead.api.Receipt;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Receipts as JSON. */
final class Receipts {
    private Receipts() {}

    static byte[] json(Receipt receipt) {
        return Json.of(json -> write(json, receipt));
    }

    /** Those of a batch, in its order. */
    static byte[] json(List<Receipt> receipts) {
        return Json.of(json -> {
            json.writeStartObject().writeName("receipts").writeStartArray();
            receipts.forEach(receipt -> write(json, receipt));
            json.writeEndArray().writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Receipt receipt) {
        json.writeStartObject()
                .writeStringProperty("item", receipt.item())
                .writeStringProperty("key", receipt.key())
                .writeNumberProperty("version", receipt.version())
                .writeStringProperty("position", receipt.position().toString())
                .writeStringProperty("durability", receipt.durability().name())
                .writeEndObject();
    }
}
