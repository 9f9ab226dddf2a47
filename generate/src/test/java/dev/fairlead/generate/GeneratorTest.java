package dev.fairlead.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.planner.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    @TempDir
    Path folder;

    @Test
    void theSamePlanGivesTheSameBytesInAnyPlace() {
        Plan plan = TestPlans.hostile(folder);
        List<GeneratedFile> here = Generator.generate(plan, Choice.everything()).files();
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));

            assertThat(Generator.generate(TestPlans.read(folder), Choice.everything())
                            .files())
                    .isEqualTo(here);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        assertThat(here).isSortedAccordingTo((one, other) -> one.path().compareTo(other.path()));
        assertThat(here)
                .allSatisfy(
                        file -> assertThat(file.content()).doesNotContain("\r").endsWith("\n"));
    }

    @Test
    void makesWhatWasChosen() {
        Plan plan = TestPlans.hostile(folder);

        List<GeneratedFile> files = Generator.generate(
                        plan, new Choice(EnumSet.of(Output.JAVA), "new", "com.example.items"))
                .files();

        assertThat(files)
                .extracting(GeneratedFile::path)
                .allMatch(path -> path.startsWith("new/java/com/example/items/new_/"))
                .contains("new/java/com/example/items/new_/Items.java");
    }

    @Test
    void aRecordTooWideForJavaIsRefusedWithItsPlaceAndMadeElsewhere() throws IOException {
        String fields = fields(999, "int32");
        Plan plan = TestPlans.of(folder, state(fields));

        Generation made = Generator.generate(plan, Choice.everything());

        assertThat(made.files()).isEmpty();
        assertThat(made.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.line())
                        .contains("service.yaml:3:3: wide.item has 1000 fields")
                        .contains("at most 254")
                        .contains("--only"));
        EnumSet<Output> others = EnumSet.complementOf(EnumSet.of(Output.JAVA));
        assertThat(Generator.generate(plan, new Choice(others, null, Choice.PACKAGE))
                        .files())
                .isNotEmpty();
    }

    @Test
    void theWidestRecordThatJavaCanHoldCompiles() throws IOException {
        Plan plan = TestPlans.of(folder, state(fields(253, "int64")));

        List<GeneratedFile> files =
                Generator.generate(plan, Choice.everything()).files();

        try (CompiledJava java = CompiledJava.of(files, folder.resolve("classes"))) {
            assertThat(files).isNotEmpty();
        }
    }

    @Test
    void aKeyOfTwoTypesIsRefused() {
        Plan plan = TestPlans.of(folder, """
                service: mixed
                shares:
                  sale:
                    kind: event
                    key: id
                    events: { One: { id: string }, Two: { id: int64 } }
                """);

        assertThat(Generator.generate(plan, Choice.everything()).refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.message()).contains("string and int64"));
    }

    @Test
    void itemsOfTwoOwnersWithOneNameAreKeptApart() throws Exception {
        Files.writeString(folder.resolve("reader.yaml"), """
                service: reader
                needs: { a.price: { }, b.price: { } }
                """);
        Files.writeString(folder.resolve("b.yaml"), one("b"));
        Plan plan = TestPlans.of(folder, one("a"));

        List<GeneratedFile> files =
                Generator.generate(plan, Choice.everything()).files();

        assertThat(files)
                .extracting(GeneratedFile::path)
                .contains("reader/java/generated/reader/APrice.java", "reader/java/generated/reader/BPrice.java");
        try (CompiledJava java = CompiledJava.of(files, folder.resolve("classes"))) {
            assertThat(java.type("generated.reader.Items").getField("B_PRICE")).isNotNull();
        }
    }

    @Test
    void refusesAPackageThatIsNone() {
        for (String name : List.of("", "com.new", "1a", "a..b", "java.util", "a b")) {
            assertThatThrownBy(() -> new Choice(EnumSet.of(Output.JAVA), null, name))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String one(String owner) {
        return "service: " + owner
                + "\nshares: { price: { kind: state, key: id, fields: { id: string, price: \"decimal(12,2)\" } } }\n";
    }

    private static String state(String fields) {
        return "service: wide\nshares:\n  item:\n    kind: state\n    key: id\n    fields:\n      id: string\n"
                + fields;
    }

    private static String fields(int count, String type) {
        return IntStream.range(0, count)
                .mapToObj(i -> "      f" + i + ": " + type + "\n")
                .collect(Collectors.joining());
    }
}
