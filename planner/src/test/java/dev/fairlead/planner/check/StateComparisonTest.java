package dev.fairlead.planner.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateComparisonTest {
    @TempDir
    private Path folder;

    private Versions versions;

    @BeforeEach
    void begin() {
        versions = new Versions(folder);
    }

    private static String owner(String fields) {
        return owner(fields, "");
    }

    private static String owner(String fields, String more) {
        return "service: shop\nclearance: restricted\nshares:\n  item:\n    kind: state\n    key: id\n    fields: { id: string, "
                + fields + " }\n" + more;
    }

    private static String reader(String name, String uses) {
        return "service: " + name + "\nneeds:\n  shop.item: { uses: [ " + uses + " ], within: 5s }\n";
    }

    private List<String> changed(String was, String is) {
        return versions.then(owner(was), reader("r", "f"), reader("other", "id"))
                .then(owner(is), reader("r", "f"), reader("other", "id"))
                .found();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "f: string                        | f: string, g: string              | note field-added [] g: nothing -> string",
                "f: string, g: string             | f: string                         | note field-removed-unused [] g: string -> nothing",
                "f: string                        | f: string?                        | error type-changed [r] f: string -> string?",
                "f: string?                       | f: string                         | error field-required [r] f: string? -> string",
                "f: int32                         | f: int64                          | error type-changed [r] f: int32 -> int64",
                "f: 'decimal(12,2)'               | f: 'decimal(14,2)'                | error type-changed [r] f: decimal(12,2) -> decimal(14,2)",
                "f: 'decimal(12,2)'               | f: 'decimal(12,3)'                | error meaning-changed [r] f: scale 2 -> scale 3",
                "f: 'enum(a, b)'                  | f: 'enum(a)'                      | error enum-narrowed [r] f: b -> enum(a)",
                "f: 'enum(a)'                     | f: 'enum(a, b)'                   | error enum-widened [r] f: enum(a) -> b",
                "f: 'enum(a, b)'                  | f: 'enum(b, a)'                   | -",
                "f: '{ type: int64, unit: kg }'   | f: '{ type: int64, unit: g }'     | error meaning-changed [r] f: unit kg -> unit g",
                "f: '{ type: int64, scale: 2 }'   | f: '{ type: int64, scale: 3 }'    | error meaning-changed [r] f: scale 2 -> scale 3",
                "f: '{ type: int64, currency: EUR }' | f: '{ type: int64, currency: USD }' | error meaning-changed [r] f: currency EUR -> currency USD",
                "f: '{ type: int64, unit: ms }'   | f: '{ type: int64, unit: us }'    | error meaning-changed [r] f: unit ms -> unit us",
                "f: string                        | f: bytes                          | error meaning-changed [r] f: string -> bytes; error type-changed [r] f: string -> bytes",
                "f: int64                         | f: float64                        | error type-changed [r] f: int64 -> float64; error meaning-changed [r] f: int64 -> float64",
                "f: '{ type: int64, unit: kg, currency: EUR }' | f: '{ type: int64, unit: g, currency: USD }' | error meaning-changed [r] f: unit kg -> unit g; error meaning-changed [r] f: currency EUR -> currency USD",
                "f: '{ type: int64, unit: kg }'   | f: '{ type: string, unit: g }'    | error type-changed [r] f: int64 -> string; error meaning-changed [r] f: unit kg -> unit g",
                "f: '{ type: int64, scale: 2 }'   | f: '{ type: string, scale: 3 }'   | error type-changed [r] f: int64 -> string; error meaning-changed [r] f: scale 2 -> scale 3",
                "f: '{ type: date, timezone: UTC }'  | f: '{ type: date }'                 | error meaning-changed [r] f: timezone UTC -> timezone none",
                "f: '{ type: int64, default: 1 }' | f: '{ type: int64, default: 2 }'  | error meaning-changed [r] f: default 1 -> default 2",
                "f: '{ type: string }'            | f: '{ type: string, class: personal }' | error meaning-changed [r] f: class internal -> class personal",
                "f: '{ type: string, class: confidential }' | f: '{ type: string, class: public }' | -",
                "f: '{ type: record, fields: { a: string, b: string } }' | f: '{ type: record, fields: { a: string } }' | error field-removed [r] f.b: string -> nothing",
                "f: '{ type: record, fields: { a: string } }' | f: '{ type: record, fields: { a: string, b: string } }' | error field-required [r] f.b: nothing -> string",
            })
    void judgesAChangeOfOneField(String was, String is, String found) {
        assertThat(changed(was.replace("'", ""), is.replace("'", "")))
                .isEqualTo(found == null ? List.of() : List.of(found.split("; ")));
    }

    @Test
    void namesOnlyTheReadersThatUseWhatIsGone() {
        List<String> found = versions.then(
                        owner("name: string, country: string"),
                        reader("billing", "name, country"),
                        reader("shipping", "name"),
                        reader("auth", "country"))
                .then(
                        owner("fullName: string, country: string"),
                        reader("billing", "name, country"),
                        reader("shipping", "name"),
                        reader("auth", "country"))
                .found();

        assertThat(found)
                .containsExactly(
                        "error field-removed [billing, shipping] name: string -> nothing",
                        "note field-added [] fullName: nothing -> string");
        assertThat(versions.witnesses())
                .isEqualTo(Map.of("name: string -> nothing", "{\"id\":\"\",\"fullName\":\"\",\"country\":\"\"}"));
    }

    @Test
    void pointsAtTheChangedFieldAndAtNeedsOfWhatIsGone() {
        versions.then(owner("\n      f: string,\n      g: string"), reader("r", "f, g"))
                .then(owner("\n      f: int32"), reader("r", "f, g"));

        Comparison comparison = versions.compare();

        assertThat(comparison.findings().getFirst().finding().place()).satisfies(place -> {
            assertThat(place.file()).endsWith("v1/s0.yaml");
            assertThat(place.line()).isEqualTo(8);
            assertThat(place.column()).isEqualTo(7);
        });
        assertThat(comparison.gone())
                .singleElement()
                .satisfies(place -> assertThat(place.line()).isEqualTo(3));
    }

    @Test
    void aReaderThatMovesInTheSameChangeIsStillBrokenWhileItIsDeployed() {
        List<CheckFinding> found = versions.then(owner("f: string, g: string"), reader("r", "f"))
                .then(owner("g: string"), reader("r", "g"))
                .compare()
                .findings();

        assertThat(found).singleElement().satisfies(each -> {
            assertThat(Versions.line(each)).isEqualTo("error field-removed [r] f: string -> nothing");
            assertThat(Versions.order(each)).isEqualTo("safe only when r can do without it before shop stops");
        });
    }

    @Test
    void aReaderThatHasMovedBeforeIsNotBroken() {
        assertThat(versions.then(owner("f: string, g: string"), reader("r", "g"))
                        .then(owner("g: string"), reader("r", "g"))
                        .found())
                .containsExactly("note field-removed-unused [] f: string -> nothing");
    }

    @Test
    void aNewReaderOfANewRequiredFieldMeetsRecordsWithoutIt() {
        assertThat(versions.then(owner("f: string"), reader("r", "f"))
                        .then(owner("f: string, g: string"), reader("r", "f, g"))
                        .found())
                .containsExactly("error field-required [r] g: nothing -> string");
        assertThat(new Versions(folder.resolve("optional"))
                        .then(owner("f: string"), reader("r", "f"))
                        .then(owner("f: string, g: string?"), reader("r", "f, g"))
                        .found())
                .containsExactly("note field-added [] g: nothing -> string?");
    }

    /** Nobody fills a default into a record that lacks the field, so it is no way out. */
    @Test
    void aDefaultDoesNotMakeANewRequiredFieldReadable() {
        assertThat(versions.then(owner("f: string"), reader("r", "f"))
                        .then(owner("f: string, g: { type: int32, default: 1 }"), reader("r", "f, g"))
                        .found())
                .containsExactly("error field-required [r] g: nothing -> int32");
    }

    @Test
    void aReaderThatDoesNotSayWhatItUsesIsBrokenByAnyRemoval() {
        String all = "service: r\nneeds:\n  shop.item: { within: 5s }\n";

        assertThat(versions.then(owner("f: string"), all)
                        .then(owner("g: string?"), all)
                        .found())
                .containsExactly(
                        "error field-removed [r] f: string -> nothing", "note field-added [] g: nothing -> string?");
    }

    @Test
    void aDraftMayBreakItsReaders() {
        String draft = "    lifecycle: draft\n";

        assertThat(versions.then(owner("f: string", draft), reader("r", "f"))
                        .then(owner("f: int32"), reader("r", "f"))
                        .found())
                .containsExactly("warning type-changed [r] f: string -> int32");
        assertThat(new Versions(folder.resolve("escape"))
                        .then(owner("f: string"), reader("r", "f"))
                        .then(owner("f: int32", draft), reader("r", "f"))
                        .found())
                .as("becoming a draft is no way out")
                .containsExactly("error type-changed [r] f: string -> int32");
    }

    @Test
    void aReaderThatTakesUnknownSymbolsIsNotBrokenByANewOne() {
        String tolerant = "service: r\nneeds:\n  shop.item: { uses: [ f ], within: 5s, unknown-symbols: { f: a } }\n";

        assertThat(versions.then(owner("f: enum(a, b)"), tolerant, reader("strict", "f"))
                        .then(owner("f: enum(a, b, c)"), tolerant, reader("strict", "f"))
                        .found())
                .containsExactly("error enum-widened [strict] f: enum(a, b) -> c");
    }

    @Test
    void anotherKeyBreaksAllReaders() {
        String was = owner("f: string");

        assertThat(versions.then(was, reader("r", "f"), reader("other", "id"))
                        .then(was.replace("key: id", "key: f"), reader("r", "f"), reader("other", "id"))
                        .found())
                .containsExactly("error key-changed [other, r] key: id: string -> f: string");
        assertThat(new Versions(folder.resolve("type"))
                        .then(was, reader("r", "f"))
                        .then(was.replace("id: string", "id: int64"), reader("r", "f"))
                        .found())
                .containsExactly("error key-changed [r] key: id: string -> id: int64");
    }

    @Test
    void aReservedNameDoesNotComeBack() {
        assertThat(versions.then(owner("f: string", "    reserved: [ login ]\n"), reader("r", "f"))
                        .then(owner("f: string, login: int32"), reader("r", "f"))
                        .found())
                .containsExactly("error name-reused [] login: nothing -> int32");
    }

    @Test
    void aReservedNameDoesNotComeBackWhereAReaderUsesItEither() {
        assertThat(versions.then(owner("f: string", "    reserved: [ login ]\n"), reader("r", "f"))
                        .then(owner("f: string, login: int32"), reader("r", "f, login"))
                        .found())
                .containsExactlyInAnyOrder(
                        "error name-reused [] login: nothing -> int32",
                        "error field-required [r] login: nothing -> int32");
    }

    @Test
    void whatAReaderOfAUnionIsToldIsTrueOfUnions() {
        String one = "f: { type: union, discriminator: k, variants: { A: { x: string } } }";
        String two = "f: { type: union, discriminator: k, variants: { A: { x: string }, B: { y: string } } }";

        assertThat(messages(one, two)).singleElement().asString().contains("deploy readers that know it first");
        assertThat(messages(two, one)).singleElement().asString().contains("keep the variant");
        assertThat(messages("f: enum(a)", "f: enum(a, b)"))
                .singleElement()
                .asString()
                .contains("unknown-symbols: { f: … }");
    }

    @Test
    void aBreakInsideAListOrAMapStandsAtItsField() {
        List<Place> places = new Versions(folder.resolve("inside"))
                        .then(owner("f: list(int32), g: map(int32)"), reader("r", "f, g"))
                        .then(owner("f: list(string), g: map(string)"), reader("r", "f, g"))
                        .compare()
                        .findings()
                        .stream()
                        .map(each -> each.finding().place())
                        .toList();

        assertThat(places).extracting(Place::line).containsExactly(7, 7);
        assertThat(places).extracting(Place::column).containsExactly(27, 44);
    }

    private List<String> messages(String was, String is) {
        return new Versions(folder.resolve("messages" + Integer.toHexString((was + is).hashCode())))
                .then(owner(was), reader("r", "f")).then(owner(is), reader("r", "f")).compare().findings().stream()
                        .map(each -> each.finding().message())
                        .toList();
    }

    @Test
    void aRemovedNameThatIsInRecordsDoesNotComeBackWithAnotherType() {
        List<String> found = versions.then(owner("f: string, g: string"), reader("r", "f"))
                .then(owner("f: string"), reader("r", "f"))
                .then(owner("f: string, g: int32?"), reader("r", "f, g"))
                .found();

        assertThat(found).containsExactly("error name-reused [r] g: string -> int32");
        assertThat(versions.witnesses().values()).containsExactly("{\"id\":\"\",\"f\":\"\",\"g\":\"\"}");
    }

    @Test
    void aReaderThatBeginsToUseAFieldMeetsRecordsFromBeforeIt() {
        assertThat(versions.then(owner("f: string"), reader("r", "f"))
                        .then(owner("f: string, g: string"), reader("r", "f"))
                        .then(owner("f: string, g: string"), reader("r", "f, g"))
                        .found())
                .containsExactly("error field-required [r] g: nothing -> string");
    }

    @Test
    void everyVersionThatMayBeInTheLogMustBeReadable() {
        assertThat(versions.then(owner("f: 'enum(a, b)'"), reader("r", "id"))
                        .then(owner("f: 'enum(a)'"), reader("r", "id"))
                        .then(owner("f: 'enum(a)', g: string?"), reader("r", "id, f"))
                        .found())
                .containsExactly(
                        "error enum-narrowed [r] f: b -> enum(a)", "note field-added [] g: nothing -> string?");
    }

    @Test
    void anItemThatIsGoneBreaksThoseThatNeedIt() {
        String empty = "service: shop\n";

        assertThat(versions.then(owner("f: string"), reader("r", "f"))
                        .then(empty, reader("r", "f"))
                        .found())
                .containsExactly("error item-removed [r] state -> nothing");
        assertThat(versions.compare().gone()).hasSize(1);
        assertThat(new Versions(folder.resolve("unneeded"))
                        .then(owner("f: string"), empty.replace("shop", "r"))
                        .then(empty, empty.replace("shop", "r"))
                        .found())
                .containsExactly("note item-removed [] state -> nothing");
    }

    @Test
    void anItemOfAnotherKindBreaksItsReaders() {
        String event =
                "service: shop\nshares:\n  item:\n    kind: event\n    key: id\n    events: { E: { id: string } }\n";
        String follower = "service: r\nneeds:\n  shop.item: { }\n";

        assertThat(versions.then(owner("f: string"), follower)
                        .then(event, follower)
                        .found())
                .containsExactly("error type-changed [r] kind: state -> event");
    }

    @Test
    void whatHasNotChangedIsNotMentioned() {
        assertThat(versions.then(owner("f: string"), reader("r", "f"))
                        .then(owner("f: string"), reader("r", "f"), reader("new", "id"))
                        .found())
                .isEmpty();
    }
}
