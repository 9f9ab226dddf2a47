package dev.fairlead.planner.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventAndRequestComparisonTest {
    @TempDir
    private Path folder;

    private Versions versions;

    @BeforeEach
    void begin() {
        versions = new Versions(folder);
    }

    private static String events(String events) {
        return "service: shop\nshares:\n  sale:\n    kind: event\n    key: id\n    retention: 36h\n    events: { "
                + events + " }\n";
    }

    private static String follower(String name, String need) {
        return "service: " + name + "\nneeds:\n  shop.sale: { " + need + " }\n";
    }

    private static String request(String question, String answer, String more) {
        return "service: shop\nshares:\n  quote:\n    kind: request\n    question: { " + question + " }\n    answer: { "
                + answer + " }\n" + more;
    }

    private static String asker(String name, String uses) {
        return "service: " + name + "\nneeds:\n  shop.quote: { uses: [ " + uses + " ] }\n";
    }

    @Test
    void aRemovedEventBreaksThoseThatUseIt() {
        assertThat(versions.then(
                                events("A: { x: string }, B: { }"),
                                follower("a", "uses: [ A ]"),
                                follower("b", "uses: [ B ]"))
                        .then(events("A: { x: string }"), follower("a", "uses: [ A ]"), follower("b", "uses: [ B ]"))
                        .found())
                .containsExactly("error event-removed [b] B: B -> nothing");
        assertThat(versions.witnesses().values()).containsExactly("{\"B\":{}}");
    }

    @Test
    void aNewEventParksWithThoseThatDoNotSkip() {
        String[] readers = {
            follower("all", ""), follower("skips", "when-unknown: skip"), follower("picks", "uses: [ A ]")
        };

        assertThat(versions.then(events("A: { }"), readers[0], readers[1], readers[2])
                        .then(events("A: { }, B: { }"), readers[0], readers[1], readers[2])
                        .found())
                .containsExactly("error event-added [all, picks] B: nothing -> B");
        assertThat(new Versions(folder.resolve("picks"))
                        .then(events("A: { }"), readers[2])
                        .then(events("A: { }, B: { }"), readers[2])
                        .found())
                .containsExactly("warning event-added [picks] B: nothing -> B");
        assertThat(new Versions(folder.resolve("skips"))
                        .then(events("A: { }"), readers[1])
                        .then(events("A: { }, B: { }"), readers[1])
                        .found())
                .containsExactly("note field-added [] nothing -> B");
    }

    @Test
    void aFieldOfAnEventBreaksThoseThatUseIt() {
        String was = events("A: { x: string, y: string }");
        String is = events("A: { x: string }");

        assertThat(versions.then(
                                was,
                                follower("y", "uses: [ A.y ]"),
                                follower("x", "uses: [ A.x ]"),
                                follower("a", "uses: [ A ]"))
                        .then(
                                is,
                                follower("y", "uses: [ A.y ]"),
                                follower("x", "uses: [ A.x ]"),
                                follower("a", "uses: [ A ]"))
                        .found())
                .containsExactly("error field-removed [a, y] A.y: string -> nothing");
        assertThat(versions.compare().gone()).hasSize(1);
    }

    /** Versions were replaced one and two days ago, and events are kept for a day and a half. */
    @Test
    void onlyVersionsWithinTheRetentionAreLive() {
        String[] readers = {follower("r", "uses: [ B ]"), follower("r", "uses: [ A.x, B ]")};

        assertThat(versions.then(events("A: { x: int64 }, B: { }"), readers[0])
                        .then(events("A: { x: string }, B: { }"), readers[0])
                        .then(events("A: { x: 'decimal(9,2)' }, B: { }"), readers[0])
                        .then(events("A: { x: 'decimal(9,2)' }, B: { y: string? }"), readers[1])
                        .found())
                .containsExactly(
                        "error type-changed [r] A.x: string -> decimal(9,2)",
                        "note field-added [] y: nothing -> string?");
    }

    @Test
    void aQuestionIsReadByTheOwner() {
        String asker = asker("a", "price");

        assertThat(versions.then(request("sku: string", "price: int32", ""), asker)
                        .then(request("sku: string, size: string", "price: int32", ""), asker)
                        .found())
                .containsExactly("error field-required [a] question.size: nothing -> string");
        assertThat(new Versions(folder.resolve("optional"))
                        .then(request("sku: string", "price: int32", ""), asker)
                        .then(request("sku: string, size: string?", "price: int32", ""), asker)
                        .found())
                .containsExactly("note field-added [] size: nothing -> string?");
    }

    @Test
    void aQuestionThatAsksForLessWantsTheOwnerFirst() {
        String asker = asker("a", "price");

        List<CheckFinding> found = versions.then(request("sku: string, size: string", "price: int32", ""), asker)
                .then(request("sku: string", "price: int32", ""), asker)
                .compare()
                .findings();

        assertThat(found).singleElement().satisfies(each -> {
            assertThat(Versions.line(each)).isEqualTo("warning field-removed [a] question.size: string -> nothing");
            assertThat(Versions.order(each)).isEqualTo("safe only when shop is deployed before a");
        });
    }

    @Test
    void anAnswerIsReadByThoseWhoAsk() {
        String was = request("sku: string", "price: int32, stock: int32", "");
        String is = request("sku: string", "price: int32", "");

        assertThat(versions.then(was, asker("a", "price"), asker("b", "stock"))
                        .then(is, asker("a", "price"), asker("b", "stock"))
                        .found())
                .containsExactly("error field-removed [b] answer.stock: int32 -> nothing");
    }

    @Test
    void lessTimeForAnAnswerIsABreak() {
        String asker = asker("a", "price");

        assertThat(versions.then(request("sku: string", "price: int32", ""), asker)
                        .then(request("sku: string", "price: int32", "    deadline: 300ms\n"), asker)
                        .found())
                .containsExactly("error deadline-shortened [a] deadline: 1s -> 300ms");
        assertThat(new Versions(folder.resolve("longer"))
                        .then(request("sku: string", "price: int32", ""), asker)
                        .then(request("sku: string", "price: int32", "    deadline: 2s\n"), asker)
                        .found())
                .isEmpty();
    }

    private static String told(String question) {
        return "service: shop\nshares:\n  quote:\n    kind: request\n    delivery: guaranteed\n    question: { "
                + question + " }\n";
    }

    /** A queue holds messages of the last version until they are handled, and none of versions before. */
    @Test
    void whatStandsInAQueueIsOfTheLastVersion() {
        String teller = "service: a\nneeds:\n  shop.quote: { }\n";

        assertThat(versions.then(told("sku: int64"), teller)
                        .then(told("sku: string"), teller)
                        .then(told("sku: string, size: string"), teller)
                        .compare()
                        .findings())
                .singleElement()
                .satisfies(each -> {
                    assertThat(Versions.line(each))
                            .isEqualTo("error field-required [a] question.size: nothing -> string");
                    assertThat(Versions.mode(each)).isEqualTo(Mode.FULL);
                    assertThat(Versions.order(each))
                            .isEqualTo(
                                    "safe only when a can send both before shop wants the new, and what they have sent"
                                            + " until then was handled");
                });
        assertThat(versions.witnesses().values()).containsExactly("{\"sku\":\"\"}");
    }

    @Test
    void whatIsToldOneWayCannotBeAsked() {
        String told =
                "service: shop\nshares:\n  quote:\n    kind: request\n    delivery: guaranteed\n    question: { sku: string }\n";
        String asker = "service: a\nneeds:\n  shop.quote: { }\n";

        assertThat(versions.then(request("sku: string", "price: int32", ""), asker)
                        .then(told, asker)
                        .found())
                .containsExactly("error type-changed [a] kind: asked -> guaranteed");
    }
}
