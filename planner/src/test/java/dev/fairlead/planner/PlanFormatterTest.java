package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanFormatterTest {
    @TempDir
    private Path folder;

    private static String format(String text) {
        Findings findings = new Findings();
        String formatted = PlanFormatter.format(new SourceText("a.yaml", text), findings);
        assertThat(findings.sorted()).as(text).isEmpty();
        return Objects.requireNonNull(formatted);
    }

    @ParameterizedTest
    @ValueSource(strings = {DesignPlanTest.PROFILE, DesignPlanTest.BILLING, DesignPlanTest.CHECKOUT})
    void leavesCanonicalFilesAsTheyAre(String text) {
        assertThat(format(text)).isEqualTo(text);
    }

    @Test
    void bringsIndentationSpacesAndColumnsIntoForm() {
        String untidy = """


                # about the file
                service:    a

                #  about shares


                shares:
                    item :
                        kind: state   # what
                        key: id     # which
                        fields:
                            # the key
                            id: string
                            fullName:   {type: string,class:   personal}
                            tags: list(string)


                        reserved: [login,name]
                # the end
                """;

        assertThat(format(untidy)).isEqualTo("""
                        # about the file
                        service: a

                        #  about shares

                        shares:
                          item:
                            kind: state       # what
                            key: id           # which
                            fields:
                              # the key
                              id:       string
                              fullName: { type: string, class: personal }
                              tags:     list(string)

                            reserved: [ login, name ]
                        # the end
                        """);
    }

    @Test
    void keepsTextsOfSeveralLines() {
        String text = """
                service: a
                needs:
                    b.c:
                        why: |
                            first
                              second

                            third
                        within:   5s
                        because: >-
                          folded
                          text
                        uses: [ a,
                          b,   # two
                          c ]
                """;

        assertThat(format(text)).isEqualTo("""
                        service: a
                        needs:
                          b.c:
                            why: |
                                first
                                  second

                                third
                            within: 5s
                            because: >-
                              folded
                              text
                            uses: [ a,
                              b,   # two
                              c ]
                        """);
    }

    @Test
    void formatsListsOfLines() {
        assertThat(format("service: a\nneeds:\n  b.c:\n    uses:\n    - x   # one\n    -   y\n"))
                .isEqualTo("service: a\nneeds:\n  b.c:\n    uses:\n      - x  # one\n      - y\n");
    }

    @Test
    void keepsQuotesAndTypesAsTheyAreWritten() {
        String text = "team: \"a: b\"\nx: 'it''s'\ny: { k: \"a, b\", t: enum(A,B) }\n";

        assertThat(format(text)).isEqualTo(text);
    }

    @Test
    void endsLinesWithOneLineFeedAndNoSpaces() {
        assertThat(format("service: a  \r\nteam: b\t\r\n\r\n\r\n")).isEqualTo("service: a\nteam: b\n");
        assertThat(format("service: a")).isEqualTo("service: a\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ service: a, team: b }\n",
                "? service\n: a\n",
                "--- {service: a}\n",
                "service: a\nshares:\n  &x\n  y: z\n",
                "service: a\nlist:\n  - k: v\n    l: w\n",
                "service: a\nwhy: |\n  text"
            })
    void leavesAloneWhatItCannotImprove(String text) {
        Findings findings = new Findings();

        String formatted = PlanFormatter.format(new SourceText("a.yaml", text), findings);

        if (formatted == null) {
            assertThat(findings.sorted()).extracting(Finding::severity).containsExactly(Severity.NOTE);
        } else {
            assertThat(formatted.strip()).isEqualTo(text.strip());
        }
    }

    @Test
    void writesOnlyFilesThatChange() throws IOException {
        PlanFolder plan = new PlanFolder(folder)
                .with("good.yaml", "service: good\n")
                .with("bad.yaml", "service:   bad\n")
                .with("broken.yaml", "service: [\n");
        Files.setPosixFilePermissions(folder.resolve("bad.yaml"), PosixFilePermissions.fromString("rw-r-----"));

        FormatResult check = PlanFormatter.check(List.of(plan.path()));
        assertThat(check.changed()).containsExactly(folder.resolve("bad.yaml"));
        assertThat(Files.readString(folder.resolve("bad.yaml"))).isEqualTo("service:   bad\n");

        FormatResult written = PlanFormatter.write(List.of(plan.path()));
        assertThat(written.changed()).containsExactly(folder.resolve("bad.yaml"));
        assertThat(written.hasErrors()).isTrue();
        assertThat(written.findings()).extracting(Finding::rule).containsExactly(Rule.SYNTAX);
        assertThat(Files.readString(folder.resolve("bad.yaml"))).isEqualTo("service: bad\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("bad.yaml"))))
                .isEqualTo("rw-r-----");
        assertThat(PlanFormatter.write(List.of(plan.path())).changed()).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).as("no temporary file is left").hasSize(3);
        }
    }

    @Test
    void formatsAnyPlanOnceAndForAllWithoutChangingItsMeaning() {
        for (long seed = 0; seed < 2_000; seed++) {
            String text = new RandomPlanText(new Random(seed)).text();
            Findings findings = new Findings();
            String once = PlanFormatter.format(new SourceText("a.yaml", text), findings);
            assertThat(findings.sorted()).as("seed %d:%n%s", seed, text).isEmpty();
            assertThat(once).isNotNull();
            assertThat(format(Objects.requireNonNull(once)))
                    .as("seed %d:%n%s", seed, text)
                    .isEqualTo(once);
            assertThat(comments(once)).as("seed %d:%n%s", seed, text).isEqualTo(comments(text));
        }
    }

    private static List<String> comments(String text) {
        return Pattern.compile("# (alone|behind) \\d+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
