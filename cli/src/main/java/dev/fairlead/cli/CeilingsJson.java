package dev.fairlead.cli;

import dev.fairlead.planner.Ceilings;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a plan can give at best as JSON. */
final class CeilingsJson {
    private CeilingsJson() {}

    static void write(ObjectNode node, Ceilings ceilings) {
        ObjectNode services = node.putObject("services");
        ceilings.services().forEach((name, each) -> service(services.putObject(name), each));
        var needs = node.putArray("needs");
        ceilings.needs().forEach(each -> need(needs.addObject(), each));
        ObjectNode mechanisms = node.putObject("mechanisms");
        ceilings.mechanisms().forEach((name, each) -> mechanism(mechanisms.putObject(name), each));
    }

    private static void service(ObjectNode node, Ceilings.OfService service) {
        node.put("availability", service.availability())
                .put("declared", service.declared())
                .put("attainable", service.attainable())
                .put("asked", service.asked())
                .put("slowShare", service.slowShare());
    }

    private static void need(ObjectNode node, Ceilings.OfNeed need) {
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
    }

    private static void mechanism(ObjectNode node, Ceilings.OfMechanism mechanism) {
        node.put("writtenPerSecond", mechanism.writtenPerSecond())
                .put("writtenBytesPerSecond", mechanism.writtenBytesPerSecond())
                .put("readPerSecond", mechanism.readPerSecond())
                .put("readBytesPerSecond", mechanism.readBytesPerSecond())
                .put("callsPerSecond", mechanism.callsPerSecond())
                .put("callBytesPerSecond", mechanism.callBytesPerSecond());
    }
}
