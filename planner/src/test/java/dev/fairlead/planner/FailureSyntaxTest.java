package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.FailurePolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says of something that cannot be handled: in the share of what is told, and in the need of events. */
class FailureSyntaxTest {
    @TempDir
    private Path folder;

    private PlanFolder told(String failing) {
        return new PlanFolder(folder)
                .with("a.yaml", """
                        service: a
                        shares:
                          item:
                            kind: request
                            delivery: guaranteed
                            question: { id: string }
                            when-failing: %s
                        """.formatted(failing))
                .with("b.yaml", "service: b\nneeds: { a.item: { } }\n");
    }

    private FailurePolicy policy(String failing) {
        return told(failing)
                .plan()
                .item(ItemId.of("a.item"))
                .orElseThrow()
                .terms()
                .whenFailing();
    }

    @Test
    void whatIsLeftOutIsAsUsual() {
        FailurePolicy usual = FailurePolicy.usual();

        assertThat(policy("{ attempts: 8, first-delay: 50ms, longest-delay: 500ms, time-limit: 1min }"))
                .isEqualTo(new FailurePolicy(8, Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMinutes(1)));
        assertThat(policy("{ }")).isEqualTo(usual);
        assertThat(policy("{ attempts: 1k }"))
                .isEqualTo(new FailurePolicy(1000, usual.firstDelay(), usual.longestDelay(), usual.timeLimit()));
        assertThat(policy("{ first-delay: 1h }"))
                .isEqualTo(new FailurePolicy(5, Duration.ofHours(1), Duration.ofHours(1), usual.timeLimit()));
    }

    @Test
    void eachFaultIsReportedAtItsPlace() {
        assertThat(told("{ atempts: 3, first-delay: 0s, longest-delay: 2d, time-limit: 30 }")
                        .lines())
                .containsExactly(
                        "a.yaml:7:21: unknown key `atempts` in `when-failing` (did you mean `attempts`?)",
                        "a.yaml:7:46: `first-delay` must be more than 0 (leave it out if unknown)",
                        "a.yaml:7:65: `longest-delay` must be more than nothing and at most a day (write 1d or less)",
                        "a.yaml:7:81: `time-limit`: `30` has no unit (write for example 300ms, 5s, 10min, 2h or 90d)");
        assertThat(told("{ attempts: 0 }").lines())
                .containsExactly("a.yaml:7:31: `attempts` must be one number from 1 to 1000 (1 means that nothing is"
                        + " tried again)");
        assertThat(told("{ attempts: 2..3 }").rules()).containsExactly("bad-quantity 7:31");
        assertThat(told("{ attempts: 1001 }").rules()).containsExactly("bad-quantity 7:31");
        assertThat(told("{ first-delay: 2s, longest-delay: 1s }").lines())
                .containsExactly("a.yaml:7:53: `longest-delay` is shorter than the first delay (raise it, or lower"
                        + " `first-delay`, which is 100ms when left out)");
        assertThat(told("{ longest-delay: 1ms }").rules()).containsExactly("bad-value 7:36");
        assertThat(told("park").lines())
                .containsExactly("a.yaml:7:19: `when-failing` needs keys and values, but this is `park` (write `key:"
                        + " value` lines, or { })");
    }

    @Test
    void whoDoesNotHandleCannotSay() {
        PlanFolder plan = new PlanFolder(folder).with("a.yaml", """
                service: a
                shares:
                  asked:
                    kind: request
                    question: { id: string }
                    answer: { id: string }
                    when-failing: { attempts: 2 }
                  now:
                    kind: state
                    key: id
                    fields: { id: string }
                    when-failing: { attempts: 2 }
                  told:
                    kind: request
                    delivery: guaranteed
                    question: { id: string }
                  happened:
                    kind: event
                    key: id
                    events: { Happened: { } }
                    when-failing: { attempts: 2 }
                """).with("b.yaml", """
                service: b
                needs:
                  a.now: { within: 1s, when-failing: { attempts: 2 } }
                  a.told: { when-failing: { attempts: 2 } }
                  a.asked: { }
                  a.happened: { when-failing: { attempts: 2 } }
                """);

        assertThat(plan.rules())
                .containsExactly("misplaced-key 7:19", "misplaced-key 12:5", "misplaced-key 3:3", "misplaced-key 4:3");
        assertThat(plan.lines())
                .contains("b.yaml:4:3: `when-failing` is about events that a handler of this service fails on, but"
                        + " `a.told` is of kind request (remove it; for what is told its owner says it in the"
                        + " share)");
    }
}
