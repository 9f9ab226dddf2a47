package dev.fairlead.cli;

import dev.fairlead.planner.Assumption;
import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Gate;
import dev.fairlead.planner.OutsideView;
import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.planner.coupling.Metrics;
import java.io.Writer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a plan report as JSON; scripts rely on its keys, and the same plan gives the same bytes. */
final class PlanJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private PlanJson() {}

    /** The report of a plan that could not be decided. */
    static String undecided(List<Finding> findings) {
        ObjectNode report = MAPPER.createObjectNode();
        report.putArray("decisions");
        report.putArray("exposed");
        findings(report.putArray("findings"), findings);
        ObjectNode metrics = report.putObject("metrics");
        metrics.putObject("services");
        metrics.putObject("landscape");
        return text(report);
    }

    /** Writes the report piece by piece, since that of a large landscape is larger than all it was made of. */
    static void decided(JudgedPlan judged, PlanLock lock, Writer into) {
        try (JsonGenerator json = MAPPER.writer()
                .with(printer())
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(into)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("decisions");
            judged.decisions().list().forEach(decision -> json.writePOJO(decision(decision)));
            json.writeEndArray();
            ArrayNode exposed = MAPPER.createArrayNode();
            judged.plan().items().forEach(share -> share.views().forEach(view -> exposed(exposed.addObject(), view)));
            json.writePOJOProperty("exposed", exposed);
            ArrayNode findings = MAPPER.createArrayNode();
            findings(findings, judged.findings());
            json.writePOJOProperty("findings", findings);
            json.writeObjectPropertyStart("metrics");
            metrics(json, judged.metrics());
            json.writeEndObject();
            json.writeObjectPropertyStart("ceilings");
            CeilingsJson.write(json, judged.decisions().ceilings());
            json.writeEndObject();
            json.writePOJOProperty("lock", lock(lock));
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static ObjectNode lock(PlanLock lock) {
        ObjectNode locked = MAPPER.createObjectNode();
        locked.put("file", lock.file().toString().replace('\\', '/'));
        locked.put("state", lock.state());
        ArrayNode changes = locked.putArray("changes");
        lock.changes().forEach(changes::add);
        return locked;
    }

    private static void exposed(ObjectNode node, OutsideView view) {
        node.put("item", view.item().toString()).put("clients", view.clients());
        ArrayNode shown = node.putArray("shown");
        view.shown().forEach((record, fields) -> {
            ObjectNode each = shown.addObject();
            if (!record.equals(OutsideView.STATE)) {
                each.put("event", record);
            }
            ObjectNode named = each.putObject("fields");
            fields.forEach(field -> named.put(field.name(), field.field()));
        });
        ObjectNode only = node.putObject("only");
        view.only().forEach(filter -> only.put(filter.field(), filter.claim()));
        node.put("clearance", view.clearance().word());
        allowance(node, "rate", view.limits().rate());
        allowance(node, "quota", view.limits().quota());
        node.put("deprecated", text(view.ending().deprecated()));
        node.put("sunset", text(view.ending().sunset()));
    }

    private static @Nullable String text(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }

    private static void allowance(ObjectNode node, String name, OutsideView.@Nullable Allowance allowance) {
        if (allowance == null) {
            node.putNull(name);
        } else {
            node.putObject(name)
                    .put("calls", allowance.calls())
                    .put("seconds", allowance.window().toSeconds());
        }
    }

    private static ObjectNode decision(Decision decision) {
        ObjectNode node = MAPPER.createObjectNode();
        Decision.Grounds grounds = decision.grounds();
        Gate gate = grounds.gate();
        node.put("item", decision.item().toString());
        node.put("reader", decision.reader());
        node.put("scenario", decision.scenario().word());
        node.put("mechanism", decision.mechanism());
        ArrayNode reasons = node.putArray("reasons");
        grounds.reasons().forEach(reasons::add);
        node.put("gate", gate == null ? null : gate.name());
        ArrayNode rejected = node.putArray("rejected");
        grounds.rejected()
                .forEach(each -> rejected.addObject()
                        .put("scenario", each.scenario().word())
                        .put("mechanism", each.mechanism())
                        .put("why", each.why()));
        ArrayNode flips = node.putArray("flips");
        grounds.flips()
                .forEach(each -> flips.addObject()
                        .put("input", each.input())
                        .put("now", each.now())
                        .put("at", each.at())
                        .put("to", each.to().word()));
        ArrayNode assumptions = node.putArray("assumptions");
        decision.assumptions()
                .forEach(each -> assumptions
                        .addObject()
                        .put("input", each.input())
                        .put("value", each.value())
                        .put("source", each.source()));
        node.put("confidence", decision.confidence().name().toLowerCase(Locale.ROOT));
        ObjectNode cost = node.putObject("cost");
        decision.cost().figures().forEach(cost::put);
        node.put("why", decision.need().why());
        return node;
    }

    private static void findings(ArrayNode list, List<Finding> findings) {
        findings.forEach(finding -> list.addObject()
                .put("rule", finding.rule().id())
                .put("severity", finding.severity().word())
                .put("message", finding.message())
                .put("file", finding.place().file())
                .put("line", finding.place().line())
                .put("column", finding.place().column()));
    }

    private static void metrics(JsonGenerator json, Metrics metrics) {
        json.writeObjectPropertyStart("services");
        metrics.services().forEach((name, each) -> json.writePOJOProperty(name, service(each)));
        json.writeEndObject();
        ObjectNode all = MAPPER.createObjectNode();
        landscape(all, metrics.landscape());
        json.writePOJOProperty("landscape", all);
        ArrayNode assumptions = MAPPER.createArrayNode();
        assumptions(assumptions, metrics.assumptions());
        json.writePOJOProperty("assumptions", assumptions);
    }

    private static void landscape(ObjectNode node, Metrics.OfLandscape all) {
        node.put("siy", all.siy())
                .put("scf", all.scf())
                .put("ccd", all.ccd())
                .put("acd", all.acd())
                .put("nccd", all.nccd())
                .put("propagationCost", all.propagationCost())
                .put("longestSyncChain", all.longestSyncChain())
                .put("acu", all.acu())
                .put("sdb", all.sdb())
                .put("dtu", all.dtu())
                .put("iddsd", all.iddsd())
                .put("iddt", all.iddt())
                .put("mci", all.mci())
                .put("fieldExposure", all.fieldExposure());
    }

    private static void assumptions(ArrayNode list, List<Assumption> assumptions) {
        assumptions.forEach(each -> list.addObject()
                .put("input", each.input())
                .put("value", each.value())
                .put("source", each.source()));
    }

    private static ObjectNode service(Metrics.OfService service) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("ads", service.ads())
                .put("ais", service.ais())
                .put("acs", service.acs())
                .put("instability", service.instability())
                .put("availabilityCeiling", service.availabilityCeiling());
        ArrayNode radius = node.putArray("outageRadius");
        service.outageRadius().forEach(radius::add);
        node.put("rcs", service.rcs())
                .put("ris", service.ris())
                .put("nssd", service.nssd())
                .put("nasd", service.nasd());
        return node;
    }

    private static String text(ObjectNode report) {
        return MAPPER.writer().with(printer()).writeValueAsString(report) + "\n";
    }

    private static DefaultPrettyPrinter printer() {
        return new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT);
    }
}
