package dev.fairlead.planner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.planner.PlanFolder;
import dev.fairlead.planner.coupling.JudgedPlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullRequestReportsTest {
    @TempDir
    private Path folder;

    private JudgedPlan judged() {
        PlanFolder plan = new PlanFolder(folder).with("a.yaml", """
                        service: a
                        context: "x\\"]; click s0 href"
                        shares:
                          s: { kind: state, key: id, fields: { id: string, x: string } }
                          t: { kind: state, key: id, fields: { id: string, y: string } }
                          ask: { kind: request, question: { id: string }, answer: { y: string } }
                          did: { kind: event, key: id, events: { Done: { id: string } } }
                        """).with("b.yaml", """
                        service: b
                        needs:
                          a.s: { within: 60s, reads: 500/s }
                          a.t: { within: 60s, direct: table, because: "<b>@all</b> | [x](http://x) `y`" }
                          a.ask: { }
                          a.did: { }
                        """);
        return JudgedPlan.of(plan.plan(), plan.read().findings());
    }

    @Test
    void aPinIsTheReasonThatIsShown() {
        PlanFolder plan = new PlanFolder(folder)
                .with("a.yaml", "service: a\nshares:\n  s: { kind: state, key: id, fields: { id: string } }\n")
                .with(
                        "b.yaml",
                        "service: b\nneeds:\n  a.s: { within: 60s, reads: 1/day, scenario: feed, because: the audit }\n");

        assertThat(MarkdownReport.of(JudgedPlan.of(plan.plan(), plan.read().findings())))
                .contains("| pinned to feed: the audit |");
    }

    @Test
    void mermaidShowsOneLineForEachSortBetweenTwoServices() {
        assertThat(MermaidReport.of(judged())).isEqualTo("""
                flowchart LR
                  s0["a"]
                  s1["b"]
                  s0 -->|"s"| s1
                  s0 --x|"t"| s1
                  s0 -.->|"ask"| s1
                  s0 ==>|"did"| s1
                  linkStyle 0 stroke:#0f7b6c
                  linkStyle 1 stroke:#c0243c
                  linkStyle 2 stroke:#b4540a
                  linkStyle 3 stroke:#6a3fc4
                  classDef error stroke:#c0243c,stroke-width:3px
                  class s1 error
                """);
    }

    @Test
    void markdownShowsFindingsDecisionsThePictureAndMetrics() {
        String report = MarkdownReport.of(judged());

        assertThat(report)
                .startsWith("## Plan: 2 services, 4 items, 4 needs\n\n**Findings: 1 error, 1 warning**\n")
                .contains("| error | `unviewed-table` | ")
                .contains("| `a.s` | `b` | **feed** on embedded | ")
                .contains("```mermaid\nflowchart LR\n")
                .contains("| `b` | 1 | 0 | 0 | 1.00 | 99.8001% | 0 |\n");
        assertThat(report.lines()
                        .filter(line -> line.startsWith("|"))
                        .map(line -> line.replace("\\|", "")
                                .chars()
                                .filter(character -> character == '|')
                                .count()))
                .allMatch(List.of(5L, 6L, 8L)::contains);
    }

    @Test
    void markdownTakesTextAsText() {
        assertThat(MarkdownReport.escaped("<b>@all</b> | [x](http://x) _y_ # `a.b-c` `<i>`"))
                .isEqualTo(
                        "&lt;b&gt;&#64;all&lt;/b&gt; \\| \\[x\\]\\(http:&#47;&#47;x\\) \\_y\\_ \\# `a.b-c` \\`&lt;i&gt;\\`");
    }

    @Test
    void theSamePlanGivesTheSameReports() {
        assertThat(HtmlReport.of(judged())).isEqualTo(HtmlReport.of(judged()));
        assertThat(MarkdownReport.of(judged())).isEqualTo(MarkdownReport.of(judged()));
    }

    @Test
    void jsonInAPageCannotEndItsElement() {
        assertThat(Json.text("</script>\"\\\u2028ä"))
                .isEqualTo("\"\\u003c/script\\u003e\\u0022\\u005c\\u2028\\u00e4\"");
    }
}
