package dev.fairlead.cli;

import dev.fairlead.api.Cause;
import dev.fairlead.api.Origin;
import dev.fairlead.engine.Provenance;
import dev.fairlead.engine.Step;
import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Decisions;
import dev.fairlead.planner.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a value comes from, as people and as scripts read it.
 *
 * @param readers what was decided for each service that needs the item
 */
record WhyReport(Provenance.Account account, List<Decision> readers, Instant now) {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    static WhyReport of(Provenance.Account account, Plan plan, Instant now) {
        String item = account.steps().getFirst().item();
        List<Decision> readers = Decisions.decide(plan).list().stream()
                .filter(decision -> decision.item().toString().equals(item))
                .toList();
        return new WhyReport(account, readers, now);
    }

    private Step value() {
        return account.steps().getFirst();
    }

    private Optional<Origin> origin() {
        return value().origin();
    }

    private static Duration age(Instant from, Instant to) {
        Duration age = Duration.between(from, to);
        return age.isNegative() ? Duration.ZERO : age;
    }

    String text() {
        Step value = value();
        StringBuilder text = new StringBuilder();
        text.append(value.item()).append(' ').append(value.key()).append("\n");
        text.append("  owner    ").append(account.owner()).append(", epoch ").append(value.epoch());
        text.append("\n  version  ").append(value.version()).append(", ").append(value.what());
        text.append("\n  written  ").append(value.time()).append(", ").append(span(age(value.time(), now)));
        text.append(" ago\n  trace    ");
        text.append(origin().map(origin -> origin.trace().id()).orElse("none"));
        text.append("\n\npath\n");
        path().forEach(line -> text.append("  ").append(line).append("\n"));
        text.append("\nreaders\n");
        Aligned.of(readerRows()).forEach(line -> text.append("  ").append(line).append("\n"));
        return text.toString();
    }

    private List<String[]> readerRows() {
        if (readers.isEmpty()) {
            return List.<String[]>of(new String[] {"nobody declares a need of it"});
        }
        return readers.stream()
                .map(reader -> new String[] {
                    reader.reader(),
                    reader.scenario().word() + " over " + reader.mechanism(),
                    Optional.ofNullable(reader.need().within())
                            .map(within -> "at most " + span(within) + " old")
                            .orElse("")
                })
                .toList();
    }

    private List<String> path() {
        List<String[]> rows = new ArrayList<>();
        account.begun().ifPresent(begun -> rows.add(new String[] {begun.toString(), kind(begun), "", ""}));
        List<Step> oldestFirst = account.steps().reversed();
        for (int i = 0; i < oldestFirst.size(); i++) {
            Step step = oldestFirst.get(i);
            String hop = i == 0 ? "" : "+ " + span(age(oldestFirst.get(i - 1).time(), step.time()));
            rows.add(new String[] {
                step.item() + " " + step.key(),
                "v" + step.version() + " " + step.what(),
                step.time() + " @" + step.position(),
                hop
            });
        }
        return Aligned.of(rows);
    }

    private static String kind(Cause begun) {
        return switch (begun) {
            case Cause.Question question -> "a question, not kept";
            case Cause.Written written -> "a record that is gone, or beyond the longest path shown";
        };
    }

    /** A duration to two digits or so, in the unit that people would take. */
    static String span(Duration span) {
        if (span.toMillis() < 10_000) {
            double millis = span.toNanos() / 1e6;
            return millis < 1000
                    ? String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis)
                    : String.format(Locale.ROOT, "%.1f s", millis / 1000);
        }
        if (span.toMinutes() < 3) {
            return span.toSeconds() + " s";
        }
        if (span.toHours() < 3) {
            return span.toMinutes() + " min";
        }
        return span.toDays() < 3 ? span.toHours() + " h" : span.toDays() + " days";
    }

    String json() {
        ObjectNode report = MAPPER.createObjectNode();
        report.put("item", value().item()).put("key", value().key()).put("owner", account.owner());
        report.put("version", value().version());
        report.put("ageMillis", age(value().time(), now).toMillis());
        ArrayNode steps = report.putArray("path");
        account.steps().reversed().forEach(step -> step(steps.addObject(), step));
        report.put("begun", account.begun().map(Cause::toString).orElse(null));
        ArrayNode list = report.putArray("readers");
        readers.forEach(reader -> list.addObject()
                .put("reader", reader.reader())
                .put("scenario", reader.scenario().word())
                .put("mechanism", reader.mechanism()));
        return report.toPrettyString() + "\n";
    }

    private static void step(ObjectNode node, Step step) {
        node.put("item", step.item())
                .put("key", step.key())
                .put("what", step.what())
                .put("version", step.version())
                .put("epoch", step.epoch())
                .put("time", step.time().toString())
                .put("position", step.position().toString())
                .put(
                        "traceparent",
                        step.origin()
                                .map(origin -> origin.trace().traceparent())
                                .orElse(null))
                .put(
                        "cause",
                        step.origin()
                                .flatMap(Origin::cause)
                                .map(Cause::toString)
                                .orElse(null));
    }
}
