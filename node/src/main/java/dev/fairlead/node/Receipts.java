package dev.fairlead.node;

import dev.fairlead.api.Receipt;

/** Receipts as JSON. */
final class Receipts {
    private Receipts() {}

    static byte[] json(Receipt receipt) {
        return Json.of(json -> json.writeStartObject()
                .writeStringProperty("item", receipt.item())
                .writeStringProperty("key", receipt.key())
                .writeNumberProperty("version", receipt.version())
                .writeStringProperty("position", receipt.position().toString())
                .writeStringProperty("durability", receipt.durability().name())
                .writeEndObject());
    }
}
