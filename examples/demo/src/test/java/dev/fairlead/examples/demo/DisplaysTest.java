package dev.fairlead.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.CopyStatistics;
import dev.fairlead.api.Health;
import dev.fairlead.api.HealthState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DisplaysTest {
    private static final DemoResult.Check GOOD =
            new DemoResult.Check("conflatedReaderKeptLatest", true, "all is well and told at length ".repeat(9));
    private static final DemoResult.Check BAD = new DemoResult.Check("digestsAgree", false, "they do not");
    private static final DemoResult RESULT = new DemoResult(
            Stream.generate(() -> GOOD).limit(5).toList(), Map.of("published", 4711L, "gap.recoveredMillis", 310.25));

    private final StringWriter written = new StringWriter();
    private final PrintWriter out = new PrintWriter(written, true);

    private record Shop(List<CopyRow> copies) implements Scene {
        @Override
        public List<String> lines(Paint paint) {
            List<String> lines = new ArrayList<>(List.of(CopyRow.heading("stock", paint)));
            copies.forEach(copy -> lines.add(copy.line(paint)));
            lines.add(copies.getFirst().brief(paint));
            return lines;
        }
    }

    private static Scene scene(HealthState state, long count) {
        List<CopyRow> rows = new ArrayList<>();
        for (String reader : List.of("order-entry", "portfolio", "gateway", "risk")) {
            rows.add(new CopyRow(
                    reader,
                    "stock",
                    new Health(
                            state,
                            Duration.ofNanos(Long.MAX_VALUE),
                            Duration.ofSeconds(1),
                            count,
                            state == HealthState.GAP ? Set.of("SYN499") : Set.of()),
                    new CopyStatistics(count, 0, count, 0, 0, count, count, 0),
                    500));
        }
        return new Shop(rows);
    }

    private static List<String> lines(HealthState state, long count) {
        return new BoardLines(Paint.NONE)
                .of(
                        scene(state, count),
                        List.of("A story. ".repeat(14)),
                        Stream.generate(() -> GOOD).limit(40).toList());
    }

    @Test
    void theBoardFitsATerminalOf80By24WhateverTheFigures() {
        for (HealthState state : HealthState.values()) {
            for (long count : new long[] {0, 999_999, 1_000_000, 999_999_999, 123_456_789_012L}) {
                assertThat(lines(state, count))
                        .hasSizeLessThan(24)
                        .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
            }
        }
    }

    @Test
    void theSummaryFitsInWidthToo() {
        assertThat(new BoardLines(Paint.NONE).summary(RESULT))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(80))
                .anySatisfy(line -> assertThat(line).startsWith("✔ conflatedReaderKeptLatest all is well"))
                .endsWith("all 5 checks passed");
    }

    @Test
    void withoutColoursTheBoardHasNone() {
        assertThat(String.join("", lines(HealthState.GAP, 1))).doesNotContain("\u001b");
    }

    @Test
    void withColoursEachHealthHasItsOwn() {
        assertThat(Stream.of(HealthState.values()).map(state -> Paint.COLOURS.health(state, "x")))
                .doesNotHaveDuplicates()
                .allSatisfy(text -> assertThat(text).startsWith("\u001b[").endsWith("\u001b[0m"));
    }

    @Test
    void aBoardLeavesTheTerminalAsItFoundIt() {
        Board board = new Board(out, Paint.COLOURS, "Calm.");
        board.look(scene(HealthState.LIVE, 1));
        board.close();
        board.look(scene(HealthState.LIVE, 1));
        board.close();

        assertThat(written.toString()).startsWith("\u001b[?1049h\u001b[?25l").endsWith("\u001b[?25h\u001b[?1049l");
    }

    @Test
    void aBoardEndsWithTheSummaryBelowWhatStoodThereBefore() {
        Board board = new Board(out, Paint.NONE, "Calm.");
        board.event("rows are left out");
        board.summary(new DemoResult(List.of(GOOD, BAD), Map.of()));
        board.close();

        assertThat(written.toString().split("\u001b\\[\\?1049l")[1])
                .contains("rows are left out", "✔ conflated", "✘ digestsAgree", "1 of 2 checks failed");
    }

    @Test
    void linesTellEachChangeOfHealthOnce() {
        EventLines lines = new EventLines(out, () -> Duration.ofMillis(1234));
        lines.look(scene(HealthState.LIVE, 1));
        lines.look(scene(HealthState.LIVE, 1));
        lines.look(scene(HealthState.GAP, 1));

        assertThat(written.toString().lines())
                .hasSize(8)
                .contains(
                        "  1.234s health: portfolio's copy of stock is LIVE",
                        "  1.234s health: portfolio's copy of stock LIVE → GAP in SYN499");
    }

    @Test
    void linesHaveATimeEach() {
        EventLines lines = new EventLines(out, () -> Duration.ofMillis(12_345));
        lines.story("Something happens.");
        lines.verdict(GOOD);
        lines.verdict(BAD);
        lines.summary(RESULT);
        lines.close();

        assertThat(written.toString().lines())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).startsWith(" 12.345s "));
        assertThat(written.toString())
                .contains("story: Something happens.", "✘ digestsAgree: they do not", "published=4711");
    }

    @Test
    void numbersStayShort() {
        assertThat(Stream.of(0L, 999_999L, 1_000_000L, 999_999_999L).map(Printed::count))
                .containsExactly("0", "999,999", "1.00M", "1.0G");
        assertThat(Stream.of(0L, 99_999L, 100_000L, 9_999_999L, 10_000_000L, 123_456_789_012L)
                        .map(Printed::brief))
                .containsExactly("0", "99999", "100k", "9999k", "10M", "123G");
        assertThat(Stream.of(
                                Duration.ZERO,
                                Duration.ofMillis(9999),
                                Duration.ofSeconds(10),
                                Duration.ofHours(2),
                                Duration.ofNanos(Long.MAX_VALUE))
                        .map(Printed::age))
                .containsExactly("0ms", "9999ms", "10s", "2h", "-");
    }
}
