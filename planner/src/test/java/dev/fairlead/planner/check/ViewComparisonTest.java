package dev.fairlead.planner.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.Finding;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A view is a contract with readers outside: less or other than before is a break, more is none. */
class ViewComparisonTest {
    private static final String FIELDS = "{ id: string, name: string, state: 'enum(a, b)', note: string? }";

    @TempDir
    private Path folder;

    private Versions versions;

    @BeforeEach
    void begin() {
        versions = new Versions(folder);
    }

    private static String owner(String fields, String views) {
        return """
                service: shop
                shares:
                  item:
                    kind: state
                    key: id
                    fields: %s
                    expose: %s
                """.formatted(fields, views);
    }

    private static String view(String keys) {
        return "{ customers: { clearance: internal, " + keys + " } }";
    }

    private List<String> changed(String was, String is) {
        return versions.then(owner(FIELDS, view(was)))
                .then(owner(FIELDS, view(is)))
                .found();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "fields: [ id, name ]                     | fields: [ id ]                                | error field-removed [customers (outside)] expose.customers.name: string -> nothing",
                "fields: [ id, name ]                     | fields: [ id ], names: { fullName: name }     | error field-removed [customers (outside)] expose.customers.name: string -> nothing",
                "fields: [ id ], names: { n: name }       | fields: [ id, name ]                          | error field-removed [customers (outside)] expose.customers.n: string -> nothing",
                "fields: [ id ], names: { n: name }       | fields: [ id ], names: { n: note }            | error type-changed",
                "fields: [ id ]                           | fields: [ id, name ]                          | -",
                "fields: [ id, name ]                     | fields: [ id, name ], names: { n: name }      | -",
                "fields: [ id, name ]                     | fields: [ name, id ]                          | -",
                "fields: [ id ]                           | fields: [ id ], only: { id: sub }             | error view-narrowed [customers (outside)] expose.customers.:only: all values -> where id = claim sub",
                "fields: [ id ], only: { id: sub }        | fields: [ id ], only: { id: other }           | error view-narrowed",
                "fields: [ id ], only: { id: sub }        | fields: [ id ]                                | note view-widened [] expose.customers.:only: where id = claim sub -> all values",
                "fields: [ id ], rate: 10/s               | fields: [ id ], rate: 9/s                     | warning view-narrowed",
                "fields: [ id ]                           | fields: [ id ], quota: 9/h                    | warning view-narrowed",
                "fields: [ id ], rate: 10/s               | fields: [ id ], rate: 600/min                 | -",
                "fields: [ id ], rate: 10/s               | fields: [ id ]                                | -",
                "fields: [ id ], sunset: 2027-01-02       | fields: [ id ], sunset: 2027-01-01            | error view-narrowed",
                "fields: [ id ]                           | fields: [ id ], deprecated: 2027-01-01        | -",
            })
    void whatOutsideClientsHaveStays(String was, String is, String expected) {
        List<String> found = changed(was, is);
        if (expected == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).hasSize(1).first().asString().startsWith(expected);
        }
    }

    @Test
    void aChangeOfTheItemBreaksTheViewThatShowsIt() {
        String view = view("fields: [ id ], names: { label: name, condition: state }");
        versions.then(owner(FIELDS, view))
                .then(owner("{ id: string, name: int32, state: 'enum(a, b, c)', note: string? }", view));

        assertThat(versions.found())
                .containsExactly(
                        "error type-changed [customers (outside)] expose.customers.label: string -> int32",
                        "error enum-widened [customers (outside)] expose.customers.condition: enum(a, b) -> c");
    }

    @Test
    void aFieldThatIsNotShownBreaksNobody() {
        String view = view("fields: [ id, name ]");
        versions.then(owner(FIELDS, view)).then(owner("{ id: string, name: string, note: int64 }", view));

        assertThat(versions.found()).allMatch(line -> line.startsWith("note "), "a note");
    }

    @Test
    void aRemovedFieldIsToldWhereTheViewNamesIt() {
        String view = view("fields: [ id, name ]");
        versions.then(owner(FIELDS, view)).then(owner("{ id: string, state: 'enum(a, b)', note: string? }", view));
        Comparison comparison = versions.compare();

        Finding finding = comparison.findings().getFirst().finding();
        assertThat(finding.message())
                .isEqualTo(
                        "`expose.customers.name` of `shop.item` is gone, but customers (outside) uses it (go on showing it"
                                + " under this name: `names: { name: FIELD }` shows a field under any; or end the view by a"
                                + " `sunset`)");
        assertThat(finding.place().line()).isEqualTo(7);
        assertThat(finding.place().column()).isEqualTo(63);
        assertThat(comparison.gone()).containsExactly(finding.place());
    }

    @Test
    void aViewMayGoWhenItsSunsetHasPassed() {
        String kept = "{ others: { clearance: internal, fields: [ id ] } }";
        String both =
                "{ others: { clearance: internal, fields: [ id ] }, customers: { clearance: internal, fields: [ id ]%s } }";
        assertThat(versions.then(owner(FIELDS, both.formatted("")))
                        .then(owner(FIELDS, kept))
                        .found())
                .containsExactly("error view-removed [customers (outside)] expose.customers: view -> nothing");
        assertThat(versions.then(owner(FIELDS, both.formatted(", sunset: 2026-02-01")))
                        .then(owner(FIELDS, kept))
                        .found())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("error view-removed");
        assertThat(versions.then(owner(FIELDS, both.formatted(", sunset: 2026-01-31")))
                        .then(owner(FIELDS, kept))
                        .found())
                .containsExactly("note view-removed [] expose.customers: view until 2026-01-31 -> nothing");
    }

    @Test
    void eventsAndTheItemItself() {
        String events = """
                service: shop
                shares:
                  item:
                    kind: event
                    key: id
                    events: { Added: { sku: string, who: string }, Gone: { sku: string } }
                    expose: { p: { clearance: internal, fields: [ %s ] } }
                """;
        assertThat(versions.then(events.formatted("Added.sku, Added.who, Gone"))
                        .then(events.formatted("Added.sku"))
                        .found())
                .containsExactly(
                        "error field-removed [p (outside)] expose.p.Added.who: string -> nothing",
                        "error event-removed [p (outside)] expose.p.Gone: Gone -> nothing");
        assertThat(versions.then(events.formatted("Added.sku"))
                        .then(events.formatted("Added.sku, Gone.sku"))
                        .found())
                .isEmpty();
        assertThat(versions.then("service: shop").found())
                .containsExactly("error item-removed [p (outside)] event -> nothing");
    }
}
