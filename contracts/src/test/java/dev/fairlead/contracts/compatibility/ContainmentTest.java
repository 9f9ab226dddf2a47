package dev.fairlead.contracts.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.FieldTypeText;
import dev.fairlead.contracts.Fields;
import dev.fairlead.contracts.TypeReading;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainmentTest {
    private static final int PAIRS = 4_000;
    private static final int DOCUMENTS = 60;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "string                    | string?                 | -",
                "string?                   | string                  | OPTIONAL f {}",
                "int32                     | int64                   | -",
                "int64                     | int32                   | TYPE f {\"f\":9223372036854775807}",
                "int64                     | float64                 | MEANING f {\"f\":9007199254740993}",
                "int32                     | float64                 | -",
                "float64                   | int64                   | TYPE f {\"f\":0.5}",
                "int32                     | decimal(10,0)           | -",
                "int32                     | decimal(10,1)           | TYPE f {\"f\":2147483647}",
                "decimal(18,0)             | int64                   | -",
                "decimal(19,0)             | int64                   | TYPE f {\"f\":9999999999999999999}",
                "decimal(12,2)             | decimal(14,2)           | -",
                "decimal(12,2)             | decimal(12,3)           | TYPE f {\"f\":9999999999}",
                "decimal(12,3)             | decimal(12,2)           | TYPE f {\"f\":0.001}",
                "decimal(20,2)             | float64                 | MEANING f {\"f\":999999999999999999.99}",
                "date                      | string                  | -",
                "string                    | date                    | TYPE f {\"f\":\"\"}",
                "bytes                     | string                  | MEANING f {\"f\":\"AAEC\"}",
                "string                    | bytes                   | TYPE f {\"f\":\"?\"}",
                "enum(a, b)                | enum(a, b, c)           | -",
                "enum(a, b, c)             | enum(a)                 | SYMBOL f {\"f\":\"b\"}",
                "enum(a)                   | string                  | -",
                "string                    | enum(a)                 | TYPE f {\"f\":\"\"}",
                "list(string)              | list(string?)           | -",
                "list(string?)             | list(string)            | OPTIONAL f[] {\"f\":[null]}",
                "list(int64)               | list(int32)             | TYPE f[] {\"f\":[9223372036854775807]}",
                "string                    | list(string)            | TYPE f {\"f\":\"\"}",
                "list(string)              | string                  | TYPE f {\"f\":[]}",
                "map(int64)                | map(int32)              | TYPE f{} {\"f\":{\"k\":9223372036854775807}}",
                "map(int32)                | record(a: int32?)       | -",
                "map(int32)                | record(a: int32)        | TYPE f {\"f\":{}}",
                "record(a: int32)          | map(int32)              | -",
                "record(a: int32?)         | map(int32)              | OPTIONAL f.a {\"f\":{\"a\":null}}",
                "record(a: int32)          | record()                | -",
                "record()                  | record(a: int32?)       | -",
                "record()                  | record(a: int32)        | MISSING f.a {\"f\":{}}",
                "union(k, A(), B())        | union(k, A(), B(), C()) | -",
                "union(k, A(), C())        | union(k, A(), B())      | SYMBOL f {\"f\":{\"k\":\"C\"}}",
                "union(k, A(x: int32))     | union(k, A(y: int32))   | MISSING f.A.y {\"f\":{\"k\":\"A\",\"x\":0}}",
                "union(k, A(), B())        | record(k: enum(A, B))   | -",
                "record(k: enum(A, B))     | union(k, A(), B())      | -",
                "record(k: enum(A, C))     | union(k, A(), B())      | TYPE f {\"f\":{\"k\":\"C\"}}",
                "record(k: string)         | union(k, A(), B())      | TYPE f {\"f\":{\"k\":\"\"}}",
            })
    void decidesAndShowsADocument(String produced, String read, String expected) {
        List<Difference> differences =
                Containment.differences(Fields.of(Field.of("f", type(produced))), Fields.of(Field.of("f", type(read))));

        assertThat(differences.stream()
                        .map(each -> each.kind() + " " + each.path() + " "
                                + each.witness().json()))
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    /**
     * What the old version writes, read by a new reader (backward), and what the new version writes, read by an old one (forward);
     * either reader uses what stands before the bar.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a: string              | a: string, b: string?   | a, b | -          | -",
                "a: string, b: string?  | a: string               | a, b | -          | -",
                "a: string              | a: string, b: string    | a, b | MISSING b  | -",
                "a: string              | a: string, b: string    | a    | -          | -",
                "a: string, b: string   | a: string               | a, b | -          | MISSING b",
                "a: string, b: string   | a: string               | a    | -          | -",
                "a: string?             | a: string               | a    | OPTIONAL a | -",
                "a: string              | a: string?              | a    | -          | OPTIONAL a",
                "a: string              | b: string               | a, b | MISSING b  | MISSING a",
                "a: string, b: string   | a: string, b: int32     | a, b | TYPE b     | TYPE b",
            })
    void eachDirectionOfAChangeIsJudged(
            String was, String is, String uses, @Nullable String backward, @Nullable String forward) {
        Set<String> used = Set.of(uses.split(", "));

        assertThat(shown(Containment.differences(fields(was), fields(is).only(used))))
                .isEqualTo(backward == null ? List.of() : List.of(backward));
        assertThat(shown(Containment.differences(fields(is), fields(was).only(used))))
                .isEqualTo(forward == null ? List.of() : List.of(forward));
    }

    private static List<String> shown(List<Difference> differences) {
        return differences.stream().map(each -> each.kind() + " " + each.path()).toList();
    }

    private static Fields fields(String text) {
        return ((FieldType.RecordOf) type("record(" + text + ")")).fields();
    }

    @Test
    void passesOverWhatTheReaderDoesNotUse() {
        Fields produced = Fields.of(Field.of("a", type("string")), Field.of("b", type("string")));

        assertThat(Containment.differences(produced, Fields.of(Field.of("a", type("string")))))
                .isEmpty();
    }

    @Test
    void completesAWitnessWithWhatMustBeThere() {
        Fields produced = Fields.of(
                Field.of("id", type("int32")),
                Field.of("note", type("string?")),
                Field.of("lines", type("list(record(sku: string, size: enum(s, m)))")));
        Fields read = Fields.of(Field.of("lines", type("list(record(size: enum(s)))")));

        assertThat(Containment.differences(produced, read)).singleElement().satisfies(difference -> {
            assertThat(difference.path()).isEqualTo("lines[].size");
            assertThat(difference.field()).isEqualTo("lines");
            assertThat(difference.produced()).isEqualTo("m");
            assertThat(difference.witness().json()).isEqualTo("{\"id\":0,\"lines\":[{\"sku\":\"\",\"size\":\"m\"}]}");
        });
    }

    /** The verdict is that of brute force, and no witness is false. */
    @Test
    void agreesWithDocumentsTriedOneByOne() {
        String replayed = System.getProperty("fairlead.seed");
        int contained = 0;
        int refuted = 0;
        for (long seed = replayed == null ? 1 : Long.parseLong(replayed);
                seed <= (replayed == null ? PAIRS : Long.parseLong(replayed));
                seed++) {
            Random random = new Random(seed);
            TypePairs pairs = new TypePairs(random);
            Fields produced = pairs.fields(2);
            Fields read = pairs.changed(produced, 2);
            List<Difference> differences = Containment.differences(produced, read);
            boolean isContained = differences.stream().allMatch(each -> each.kind() == Difference.Kind.MEANING);

            for (Difference difference : differences) {
                if (!isContained && difference.kind() == Difference.Kind.MEANING) {
                    continue;
                }
                String told = "seed " + seed + ": " + produced.text() + "  ->  " + read.text() + "  " + difference;
                assertThat(Acceptance.accepts(View.PRODUCER, produced, difference.witness()))
                        .as(told)
                        .isTrue();
                assertThat(Acceptance.accepts(View.READER, read, difference.witness()))
                        .as(told)
                        .isEqualTo(isContained);
            }
            Universe universe = new Universe(random);
            for (int number = 0; number < DOCUMENTS && isContained; number++) {
                Document document = universe.record(produced);
                assertThat(Acceptance.accepts(View.READER, read, document))
                        .as("seed %s: %s  ->  %s refuses %s", seed, produced.text(), read.text(), document.json())
                        .isTrue();
            }
            contained += isContained ? 1 : 0;
            refuted += isContained ? 0 : 1;
        }
        if (replayed == null) {
            assertThat(contained).isGreaterThan(PAIRS / 10);
            assertThat(refuted).isGreaterThan(PAIRS / 10);
        }
    }

    private static FieldType type(String text) {
        return ((TypeReading.Read) FieldTypeText.read(text)).type();
    }
}
