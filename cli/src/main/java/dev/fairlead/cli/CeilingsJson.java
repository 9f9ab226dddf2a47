package dev.fairlead.cli;

import dev.fairlead.planner.Ceilings;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a plan can give at best as JSON. */
final class CeilingsJson {
    private CeilingsJson() {}

    /** Writes the properties of an object that was begun. */
    static void write(JsonGenerator json, Ceilings ceilings) {
        json.writeObjectPropertyStart("services");
        ceilings.services().forEach((name, each) -> json.writePOJOProperty(name, service(each)));
        json.writeEndObject();
        json.writeArrayPropertyStart("needs");
        ceilings.needs().forEach(each -> json.writePOJO(need(each)));
        json.writeEndArray();
        json.writeObjectPropertyStart("mechanisms");
        ceilings.mechanisms().forEach((name, each) -> json.writePOJOProperty(name, mechanism(each)));
        json.writeEndObject();
    }

    private static ObjectNode service(Ceilings.OfService service) {
        return node().put("availability", service.availability())
                .put("declared", service.declared())
                .put("attainable", service.attainable())
                .put("asked", service.asked())
                .put("slowShare", service.slowShare());
    }

    private static ObjectNode need(Ceilings.OfNeed need) {
        ObjectNode node = node();
        node.put("item", need.item().toString())
                .put("reader", need.reader())
                .put("ageSeconds", need.ageSeconds())
                .put("meanAgeSeconds", need.meanAgeSeconds())
                .put("freshShare", need.freshShare())
                .put("slowShare", need.slowShare());
        Ceilings.OfCopy copy = need.copy();
        if (copy != null) {
            node.putObject("copy")
                    .put("memoryBytes", copy.memoryBytes())
                    .put("bootstrapSeconds", copy.bootstrapSeconds())
                    .put("logBytes", copy.logBytes());
        }
        return node;
    }

    private static ObjectNode mechanism(Ceilings.OfMechanism mechanism) {
        return node().put("writtenPerSecond", mechanism.writtenPerSecond())
                .put("writtenBytesPerSecond", mechanism.writtenBytesPerSecond())
                .put("readPerSecond", mechanism.readPerSecond())
                .put("readBytesPerSecond", mechanism.readBytesPerSecond())
                .put("callsPerSecond", mechanism.callsPerSecond())
                .put("callBytesPerSecond", mechanism.callBytesPerSecond());
    }

    private static ObjectNode node() {
        return JsonMapper.shared().createObjectNode();
    }
}
