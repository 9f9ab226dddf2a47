package dev.fairlead.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CeilingsTest {
    private static final Offset<Double> SIX_DIGITS = Offset.offset(0.0000005);

    @TempDir
    private Path folder;

    /** The shop of six services whose figures were worked out by hand; all is asked, followed or told as there. */
    private PlanFolder shop() {
        String asked = "{ kind: request, question: { id: string }, answer: { id: string } }";
        String event = "{ kind: event, key: id, events: { E: { id: string } } }";
        return new PlanFolder(folder)
                .with(
                        "catalog.yaml",
                        "service: catalog\navailability: 99.9%\nshares:\n  item: " + asked + "\n  list: { kind: state,"
                                + " key: id, fields: { id: string } }\n")
                .with(
                        "pricing.yaml",
                        "service: pricing\navailability: 99.95%\nshares:\n  price: " + asked
                                + "\nneeds:\n  catalog.list: { within: 60s }\n")
                .with(
                        "orders.yaml",
                        "service: orders\navailability: 99.9%\nshares:\n  order: " + asked + "\n  done: " + event
                                + "\nneeds:\n  catalog.item: { }\n  pricing.price: { }\n  shipping.ship: { }\n")
                .with("billing.yaml", "service: billing\navailability: 99.9%\nneeds:\n  orders.done: { }\n")
                .with(
                        "shipping.yaml",
                        "service: shipping\navailability: 99.8%\nshares:\n  ship: " + asked
                                + "\nneeds:\n  orders.done: { }\n")
                .with(
                        "web.yaml",
                        "service: web\navailability: 99.99%\nneeds:\n  catalog.item: { per-request: 10 }\n"
                                + "  orders.order: { per-request: 5 }\n  pricing.price: { per-request: 5 }\n");
    }

    private static Ceilings ceilings(PlanFolder plan) {
        return Decisions.decide(plan.plan()).ceilings();
    }

    private static Ceilings.OfService service(PlanFolder plan, String name) {
        return Objects.requireNonNull(ceilings(plan).services().get(name));
    }

    @Test
    void eachOwnerCountsOnceHoweverManyWaysLeadToIt() {
        assertThat(service(shop(), "catalog").availability()).isCloseTo(.999, SIX_DIGITS);
        assertThat(service(shop(), "pricing").availability()).isCloseTo(.9995, SIX_DIGITS);
        assertThat(service(shop(), "orders").availability()).isCloseTo(.995507, SIX_DIGITS);
        assertThat(service(shop(), "billing").availability()).isCloseTo(.999, SIX_DIGITS);
        assertThat(service(shop(), "shipping").availability()).isCloseTo(.998, SIX_DIGITS);
        assertThat(service(shop(), "web").availability()).isCloseTo(.995407, SIX_DIGITS);
        assertThat(service(shop(), "web").asked()).isEqualTo(4);
    }

    /** So many owners, each there for 99.9% of the time, and the minutes of a month in which one of them is away. */
    @ParameterizedTest
    @CsvSource({"1, .99900, 43.2", "3, .99700, 129.5", "5, .99501, 215.6", "10, .99004, 430.1"})
    void eachOwnerThatIsAskedTakesItsMinutes(int owners, double together, double minutes) {
        PlanFolder plan = new PlanFolder(folder);
        StringBuilder needs = new StringBuilder("service: reader\navailability: 100%\nneeds:\n");
        for (int owner = 0; owner < owners; owner++) {
            plan.with(
                    "owner-" + owner + ".yaml",
                    "service: owner-" + owner + "\navailability: 99.9%\nshares:\n  x: { kind: request, question: { },"
                            + " answer: { } }\n");
            needs.append("  owner-").append(owner).append(".x: { }\n");
        }

        double availability =
                service(plan.with("reader.yaml", needs.toString()), "reader").availability();

        assertThat(availability).isCloseTo(together, Offset.offset(.000005));
        assertThat((1 - availability) * 30 * 24 * 60).isCloseTo(minutes, Offset.offset(.05));
    }

    @Test
    void whoPromisesMoreThanThoseItAsksIsFound() {
        List<Finding> found = Decisions.decide(shop().plan()).findings().stream()
                .filter(finding -> finding.rule() == Rule.AVAILABILITY_BELOW_TARGET)
                .toList();

        assertThat(found).extracting(Finding::severity).containsOnly(Severity.ERROR);
        assertThat(found.stream().map(finding -> finding.line().replace(SourceFiles.shown(folder) + "/", "")))
                .containsExactly(
                        "orders.yaml:1:10: `orders` promises 99.9%, but catalog (99.9%), pricing (99.95%), shipping"
                                + " (99.8%), which it asks, reach 99.6503% (promise less, or ask fewer: a copy, or"
                                + " when-stale: serve, does not wait)",
                        "web.yaml:1:10: `web` promises 99.99%, but catalog (99.9%), orders (99.9%), pricing (99.95%),"
                                + " shipping (99.8%), which it asks, reach 99.5506% (promise less, or ask fewer: a copy,"
                                + " or when-stale: serve, does not wait)");
    }

    @Test
    void aPromiseAgainstWhatIsOnlyAssumedIsAWarning() {
        PlanFolder plan = shop().with("catalog.yaml", """
                service: catalog
                shares:
                  item: { kind: request, question: { }, answer: { } }
                  list: { kind: state, key: id, fields: { id: string } }
                """);

        assertThat(Decisions.decide(plan.plan()).findings().stream()
                        .filter(finding -> finding.rule() == Rule.AVAILABILITY_BELOW_TARGET))
                .hasSize(2)
                .allMatch(finding -> finding.severity() == Severity.WARNING
                        && finding.message().contains(" as far as is known "));
    }

    @Test
    void aServicesOwnFailuresDoNotBreakItsPromise() {
        PlanFolder plan = new PlanFolder(folder)
                .with(
                        "a.yaml",
                        "service: a\navailability: 99.9%\nshares:\n  x: { kind: request, question: { },"
                                + " answer: { } }\n")
                .with("b.yaml", "service: b\navailability: 99.9%\nneeds:\n  a.x: { }\n");

        assertThat(Decisions.decide(plan.plan()).findings()).isEmpty();
        assertThat(service(plan, "b").availability()).isCloseTo(.998001, SIX_DIGITS);
        assertThat(service(plan, "b").attainable()).isCloseTo(.999, SIX_DIGITS);
    }

    @Test
    void servicesThatAskEachOtherInACircleEachCountOnce() {
        String share = "shares:\n  x: { kind: request, question: { }, answer: { } }\n";
        PlanFolder plan = new PlanFolder(folder)
                .with("a.yaml", "service: a\navailability: 99%\n" + share + "needs:\n  b.x: { }\n")
                .with("b.yaml", "service: b\navailability: 98%\n" + share + "needs:\n  c.x: { }\n")
                .with("c.yaml", "service: c\navailability: 97%\n" + share + "needs:\n  a.x: { }\n");

        for (String service : List.of("a", "b", "c")) {
            assertThat(service(plan, service).availability()).isCloseTo(.99 * .98 * .97, SIX_DIGITS);
        }
    }

    @Test
    void whatACacheStillServesCountsWhereThePlanSaysToServeIt() {
        PlanFolder plan = new PlanFolder(folder)
                .with(
                        "a.yaml",
                        "service: a\navailability: 99%\nshares:\n  x: { kind: state, key: id, fields: { id:"
                                + " string }, keys: 100, changes: 9/s }\n")
                .with(
                        "b.yaml",
                        "service: b\navailability: 99.9%\nneeds:\n  a.x: { reads: 100/s, within: 1s, when-stale:"
                                + " serve, scenario: request, because: a copy is too much }\n")
                .with("landscape.yaml", "mechanisms: { http: { } }\n");

        assertThat(service(plan, "b").availability())
                .as("half of the reads are answered by the cache")
                .isCloseTo(.999 * (1 - .5 * .01), SIX_DIGITS);
        assertThat(service(plan, "b").attainable()).isEqualTo(1);
        assertThat(Decisions.decide(plan.plan()).findings()).isEmpty();
    }

    @Test
    void callsForOneRequestOfAUserMakeASlowOneLikely() {
        Ceilings ceilings = ceilings(shop());

        assertThat(service(shop(), "web").slowShare()).isCloseTo(.1821, Offset.offset(.00005));
        assertThat(ceilings.needs().stream().filter(need -> need.reader().equals("web")))
                .extracting(need -> Math.round(need.slowShare() * 1e4) / 1e4)
                .containsExactly(.0956, .0490, .0490);
        assertThat(service(shop(), "billing").slowShare()).isZero();
    }

    @Test
    void aCopyHasASizeATimeToLoadAndALog() {
        PlanFolder plan = new PlanFolder(folder)
                .with(
                        "a.yaml",
                        "service: a\nshares:\n  x: { kind: state, key: id, fields: { id: string }, keys: 200k,"
                                + " size: 1200B, changes: 5/s }\n")
                .with("b.yaml", "service: b\ninstances: 20\nneeds:\n  a.x: { reads: 3000/s, within: 30s, hot: 20% }\n")
                .with("c.yaml", "service: c\ninstances: 6\nneeds:\n  a.x: { reads: 400/s, within: 30s, hot: 20% }\n")
                .with("d.yaml", "service: d\nneeds:\n  a.x: { reads: 0.5/s, within: 30s, hot: 1% }\n")
                .with("landscape.yaml", "mechanisms: { sql: { url: x, replicas: 3 } }\ncalls: { latencyP99: 20ms }\n");
        Ceilings ceilings = ceilings(plan);

        assertThat(ceilings.needs().get(0).copy()).isEqualTo(new Ceilings.OfCopy(616e6, 5.28, 200e3 * 1320 * 3 * 2));
        assertThat(ceilings.needs().get(0).ageSeconds()).isEqualTo(.02);
        assertThat(ceilings.needs().get(2).copy()).isNull();
        assertThat(ceilings.needs().get(2).ageSeconds()).isEqualTo(30.02);
        Ceilings.OfMechanism sql = Objects.requireNonNull(ceilings.mechanisms().get("sql"));
        assertThat(sql.writtenPerSecond()).as("written once for all readers").isEqualTo(5);
        assertThat(sql.writtenBytesPerSecond()).isEqualTo(5.0 * 1320 * 3);
        assertThat(sql.readPerSecond()).isEqualTo(5.0 * 26);
        assertThat(sql.readBytesPerSecond()).isEqualTo(5.0 * 26 * 1320);
        assertThat(sql.callsPerSecond()).isCloseTo(.5, Offset.offset(.005));
    }
}
