package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.contracts.DataClass;
import dev.fairlead.planner.coupling.JudgedPlan;
import dev.fairlead.planner.report.TextReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a share says of the views that outside clients get. */
class ExposeSyntaxTest {
    private static final String STATE = """
            service: a
            shares:
              item:
                kind: state
                key: id
                fields:
                  id:     string
                  name:   string
                  email:  { type: string, class: personal }
                  amount: decimal(12,2)
                  at:     instant?
                  count:  int32?
                expose:
                  %s
            """;

    private static final String EVENTS = """
            service: a
            shares:
              item:
                kind: event
                key: saleId
                events:
                  Added:   { sku: string, who: string, at: instant }
                  Removed: { sku: string }
                expose:
                  %s
            """;

    @TempDir
    private Path folder;

    private PlanFolder state(String views) {
        return new PlanFolder(folder).with("a.yaml", STATE.formatted(views));
    }

    private PlanFolder events(String views) {
        return new PlanFolder(folder).with("a.yaml", EVENTS.formatted(views));
    }

    private static OutsideView only(PlanFolder folder) {
        List<OutsideView> views = folder.plan().items().getFirst().views();
        assertThat(views).hasSize(1);
        return views.getFirst();
    }

    @Test
    void aViewHasFieldsNamesFiltersAndLimits() {
        OutsideView view = only(
                state(
                        "customers: { fields: [ id, email ], names: { fullName: name, mail: email }, only: { id: sub, count: level },"
                                + " clearance: personal, rate: 10/s, quota: 5k/day, deprecated: 2026-10-01, sunset: 2027-04-01 }"));

        assertThat(view.clients()).isEqualTo("customers");
        assertThat(view.of(view(view)).schemaText())
                .isEqualTo(
                        "state key=id (id: string, email: string class=personal, fullName: string, mail: string class=personal)");
        assertThat(view.shownText()).isEqualTo("id, email, name as fullName, email as mail");
        assertThat(view.filterText()).isEqualTo("id = claim sub and count = claim level");
        assertThat(view.clearance()).isEqualTo(DataClass.PERSONAL);
        assertThat(view.limits())
                .isEqualTo(new OutsideView.Limits(
                        new OutsideView.Allowance(10, Duration.ofSeconds(1)),
                        new OutsideView.Allowance(5_000, Duration.ofDays(1))));
        assertThat(view.ending())
                .isEqualTo(new OutsideView.Ending(LocalDate.of(2026, 10, 1), LocalDate.of(2027, 4, 1)));
    }

    private Content view(OutsideView view) {
        return new PlanFolder(folder).plan().item(view.item()).orElseThrow().content();
    }

    @Test
    void aViewOfEventsNamesEachEventAndEachField() {
        OutsideView view = only(
                events(
                        "partners: { fields: [ Added, Removed.sku ], names: { Added.article: Added.sku }, only: { saleId: sale }, clearance: internal }"));

        assertThat(view.of(view(view)).schemaText())
                .isEqualTo("event key=saleId (Added(article: string), Removed(sku: string))");
        assertThat(view.shownText()).isEqualTo("Added: sku as article; Removed: sku");
        assertThat(only(events("p: { fields: [ Added ], clearance: internal }")).shownText())
                .isEqualTo("Added: no field");
    }

    @Test
    void allFaultsAreToldAtTheirPlaces() {
        String view = String.join(
                "\n        ",
                "customers:",
                "fields: [ id, nam, email, id ]",
                "names: { id: name, \"1st\": name, x: nothing }",
                "only: { at: sub, amount: sub, idd: sub, name: \"a b\" }",
                "clearence: personal",
                "rate: 1..2/s",
                "quota: often",
                "deprecated: 2027-01-01",
                "sunset: 2026-13-01");
        assertThat(state(view).lines())
                .containsExactly(
                        "a.yaml:15:19: `id` of `a.item` is internal, but the view may show public data (leave the field out, or add `clearance: internal` to the view)",
                        "a.yaml:15:23: `a.item` has no field `nam` (did you mean `name`?)",
                        "a.yaml:15:28: `email` of `a.item` is personal, but the view may show public data (leave the field out, or add `clearance: personal` to the view)",
                        "a.yaml:15:35: `id` is in `fields` twice (remove one)",
                        "a.yaml:16:18: two fields would be shown as `id` (take another name, or take one of them out)",
                        "a.yaml:16:18: `name` of `a.item` is internal, but the view may show public data (leave the field out, or add `clearance: internal` to the view)",
                        "a.yaml:16:28: `1st` cannot name a field (use a letter, then up to 63 letters, digits or _)",
                        "a.yaml:16:41: `a.item` has no field `nothing` (known here: id, name, email, amount, at, count)",
                        "a.yaml:17:17: the field `at` of type instant? cannot be compared with a claim (a field of `only` is string, int32, int64, uuid, bool or enum)",
                        "a.yaml:17:26: the field `amount` of type decimal(12,2) cannot be compared with a claim (a field of `only` is string, int32, int64, uuid, bool or enum)",
                        "a.yaml:17:39: `only` tells values apart by a field, and `a.item` has no field `idd` (did you mean `id`?)",
                        "a.yaml:17:55: `a b` cannot name a claim (use a letter, then up to 127 letters, digits or _.:/-)",
                        "a.yaml:18:9: unknown key `clearence` in view `customers` (did you mean `clearance`?)",
                        "a.yaml:19:15: `rate` must be a whole number of calls in a time, up to 1000000000 (write for example 10/s, 600/min or 5k/day)",
                        "a.yaml:20:16: `quota` must be a whole number of calls in a time, up to 1000000000 (write for example 10/s, 600/min or 5k/day)",
                        "a.yaml:22:17: `sunset` cannot be `2026-13-01` (write a day from 1970 on, as 2027-01-31)");
    }

    @Test
    void aViewShowsOnlyWhatItNames() {
        assertThat(state("customers: { clearance: personal }").lines())
                .containsExactly(
                        "a.yaml:14:7: view `customers` has no `fields` (name the fields that are shown; nothing is shown that is not named)");
        assertThat(state("customers: { fields: [ ], clearance: personal, only: { } }")
                        .lines())
                .containsExactly(
                        "a.yaml:14:28: nothing is shown (name the fields under `fields`, or remove the view)",
                        "a.yaml:14:54: `only` is empty (write `field: claim`, or remove it to show all values)");
        assertThat(state("customers: { fields: [ name ] }").rules())
                .containsExactly("exposed-above-clearance 14:7", "exposed-above-clearance 14:30");
        assertThat(state(
                                "customers: { fields: [ id ], clearance: internal, deprecated: 2027-01-02, sunset: 2027-01-01 }")
                        .lines())
                .containsExactly(
                        "a.yaml:14:89: `sunset` is before `deprecated` (clients are told first; swap them, or move one)");
    }

    @Test
    void viewsOfEventsHaveFaultsOfTheirOwn() {
        assertThat(events("Bad Name: { fields: [ Added ], clearance: internal }")
                        .lines())
                .containsExactly(
                        "a.yaml:10:7: `Bad Name` cannot name outside clients (use a small letter, then up to 47 small letters, digits or -)");
        assertThat(events(
                                "p: { fields: [ Added.who, Removed.sku, sku ], names: { Removed.who: Added.who }, only: { who: sub }, clearance: internal }")
                        .lines())
                .containsExactly(
                        "a.yaml:10:46: `a.item` has no field `sku` (known here: Added.sku, Added.who, Added.at, Removed.sku)",
                        "a.yaml:10:62: `Removed.who` names a field of another event than `Added.who` (write `Added.who: Added.who`)",
                        "a.yaml:10:96: `only` tells values apart by a field, and the event `Removed` of `a.item` has no field `who` (known here: sku)");
    }

    @Test
    void requestsHaveNoViews() {
        assertThat(new PlanFolder(folder)
                        .with(
                                "a.yaml",
                                "service: a\nshares:\n  q:\n    kind: request\n    question: { }\n    answer: { n: int32 }\n    expose: { p: { fields: [ n ] } }\n")
                        .lines())
                .containsExactly(
                        "a.yaml:7:5: `expose` does not belong to a share of kind request (remove it, or share state or events)");
    }

    @Test
    void thereAreNotTooManyViewsAndFilters() {
        String views = IntStream.range(0, 102)
                .mapToObj(number -> "c" + number + ": { fields: [ id ], clearance: internal }")
                .collect(Collectors.joining("\n      ", "", ""));
        assertThat(state(views).rules()).containsExactly("too-large 114:7");
    }

    @Test
    void anExposedItemIsUsedAndTheReportSaysToWhom() {
        PlanFolder plan = state(
                "customers: { fields: [ id ], names: { fullName: name }, only: { id: sub }, clearance: internal, rate: 10/s, sunset: 2027-04-01 }");
        String report = TextReport.of(JudgedPlan.of(plan.plan(), List.of()));

        assertThat(report.replaceAll("\\s+", " "))
                .contains(
                        "exposed to customers: id, name as fullName; only where id = claim sub; rate 10 in 1s; sunset 2027-04-01")
                .doesNotContain("unused-item");
    }

    @Test
    void theFormatterKnowsViews() throws IOException {
        Path file = folder.resolve("a.yaml");
        Files.writeString(
                file,
                STATE.formatted("customers:   { fields: [id,name],  names: {fullName:   name}, clearance: internal }"));
        Plan before = new PlanFolder(folder).plan();
        PlanFormatter.write(List.of(folder));
        String formatted = Files.readString(file, StandardCharsets.UTF_8);

        assertThat(formatted)
                .contains("      customers: { fields: [ id, name ], names: { fullName: name }, clearance: internal }");
        assertThat(PlanFormatter.check(List.of(folder)).changed()).isEmpty();
        assertThat(new PlanFolder(folder)
                        .plan()
                        .items()
                        .getFirst()
                        .views()
                        .getFirst()
                        .text())
                .isEqualTo(before.items().getFirst().views().getFirst().text());
    }
}
