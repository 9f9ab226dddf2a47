package dev.fairlead.planner.coupling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CouplingTest {
    private static final Offset<Double> THREE_DIGITS = Offset.offset(.0005);
    private static final Offset<Double> FOUR_DIGITS = Offset.offset(.00005);
    private static final Offset<Double> SIX_DIGITS = Offset.offset(.0000005);

    /** A shop of six services whose metrics were worked out by hand. */
    private static Coupling shop() {
        Map<String, Double> availability = new LinkedHashMap<>();
        availability.put("catalog", .999);
        availability.put("pricing", .9995);
        availability.put("orders", .999);
        availability.put("billing", .999);
        availability.put("shipping", .998);
        availability.put("web", .9999);
        return new Coupling(
                availability,
                List.of(
                        new Edge("pricing", "catalog", Edge.Mode.FEED),
                        new Edge("orders", "catalog", Edge.Mode.SYNC),
                        new Edge("orders", "pricing", Edge.Mode.SYNC),
                        new Edge("orders", "shipping", Edge.Mode.SYNC),
                        new Edge("billing", "orders", Edge.Mode.EVENT),
                        new Edge("shipping", "orders", Edge.Mode.EVENT),
                        new Edge("web", "catalog", Edge.Mode.SYNC),
                        new Edge("web", "orders", Edge.Mode.SYNC),
                        new Edge("web", "pricing", Edge.Mode.SYNC),
                        new Edge("billing", "shipping", Edge.Mode.STORE)));
    }

    /** Each service has a database of its own, and an item of ten fields; billing is at that of shipping. */
    private static Metrics shopMetrics() {
        Stores stores = Stores.of(List.of("catalog", "pricing", "orders", "billing", "shipping", "web"));
        stores.add("shipping", "billing");
        return shop().metrics(stores, new Exposure(6, 10, 100), List.of());
    }

    private static Metrics.OfService service(String name) {
        return Objects.requireNonNull(shopMetrics().services().get(name));
    }

    @Test
    void countsOwnersAndReaders() {
        List<String> names = List.of("catalog", "pricing", "orders", "billing", "shipping", "web");

        assertThat(names).extracting(name -> service(name).ads()).containsExactly(0, 1, 3, 2, 1, 3);
        assertThat(names).extracting(name -> service(name).ais()).containsExactly(3, 2, 3, 0, 2, 0);
        assertThat(names).extracting(name -> service(name).acs()).containsExactly(0, 2, 9, 0, 2, 0);
        assertThat(names)
                .extracting(name -> service(name).instability())
                .containsExactly(0.0, 1 / 3.0, 0.5, 1.0, 1 / 3.0, 1.0);
    }

    @Test
    void countsInHowManyWaysAServiceWaitsAndDoesNot() {
        List<String> names = List.of("catalog", "pricing", "orders", "billing", "shipping", "web");

        assertThat(names).extracting(name -> service(name).nssd()).containsExactly(0, 0, 3, 1, 0, 3);
        assertThat(names).extracting(name -> service(name).nasd()).containsExactly(0, 1, 0, 1, 1, 0);
        assertThat(service("orders").rcs()).isEqualTo(.5);
        assertThat(service("shipping").ris()).isCloseTo(1 / 3.0, SIX_DIGITS);
    }

    @ParameterizedTest
    @CsvSource({"catalog, .999", "pricing, .9995", "orders, .995507", "billing, .999", "shipping, .998", "web, .995407"
    })
    void multipliesTheAvailabilityOfWhatIsAskedOnceEach(String name, double ceiling) {
        assertThat(service(name).availabilityCeiling()).isCloseTo(ceiling, SIX_DIGITS);
    }

    @Test
    void namesThoseWhoStopWithAService() {
        assertThat(service("catalog").outageRadius()).containsExactly("orders", "web");
        assertThat(service("pricing").outageRadius()).containsExactly("orders", "web");
        assertThat(service("orders").outageRadius()).containsExactly("web");
        assertThat(service("billing").outageRadius()).isEmpty();
        assertThat(service("shipping").outageRadius()).containsExactly("orders", "web");
        assertThat(service("web").outageRadius()).isEmpty();
    }

    @Test
    void findsTheCircleInWhichOneWaitsAndTheOtherFollows() {
        assertThat(shop().asking().cycles()).isEmpty();
        assertThat(shop().reach().cycles()).containsExactly(List.of("orders", "shipping"));
    }

    @Test
    void measuresTheWholeLandscape() {
        Metrics.OfLandscape all = shopMetrics().landscape();

        assertThat(all.siy()).isEqualTo(1);
        assertThat(all.scf()).isCloseTo(.3333, FOUR_DIGITS);
        assertThat(all.ccd()).isEqualTo(21);
        assertThat(all.acd()).isEqualTo(3.5);
        assertThat(all.ccd() / all.nccd()).as("of a balanced tree").isCloseTo(13.651, THREE_DIGITS);
        assertThat(all.nccd()).isCloseTo(1.538, THREE_DIGITS);
        assertThat(all.propagationCost()).isCloseTo(.5833, FOUR_DIGITS);
        assertThat(all.longestSyncChain()).isEqualTo(2);
        assertThat(all.acu()).isCloseTo(.3, SIX_DIGITS);
        assertThat(all.sdb()).isCloseTo(.1, SIX_DIGITS);
        assertThat(all.dtu()).as("6 of 7").isCloseTo(.857143, SIX_DIGITS);
        assertThat(all.iddsd()).as("7 of 6 times 6").isCloseTo(.194444, SIX_DIGITS);
        assertThat(all.iddt()).as("21 - 6 - 10 of 6").isCloseTo(.833333, SIX_DIGITS);
        assertThat(all.mci()).as("10 of 6 times 5").isCloseTo(.333333, SIX_DIGITS);
        assertThat(all.fieldExposure()).isEqualTo(100);
    }

    @Test
    void measuresASingleServiceAndNone() {
        Metrics alone =
                new Coupling(Map.of("a", .999), List.of()).metrics(Stores.of(List.of()), Exposure.NONE, List.of());

        assertThat(alone.landscape()).isEqualTo(new Metrics.OfLandscape(0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0));
        assertThat(new Coupling(Map.of(), List.of())
                        .metrics(Stores.of(List.of()), Exposure.NONE, List.of())
                        .services())
                .isEmpty();
    }

    @Test
    void countsEachServiceOfACycleOnce() {
        Map<String, Double> three = Map.of("a", 1.0, "b", 1.0, "c", 1.0);
        List<Edge> cycle = List.of(
                new Edge("a", "b", Edge.Mode.SYNC),
                new Edge("b", "a", Edge.Mode.SYNC),
                new Edge("b", "c", Edge.Mode.SYNC));

        assertThat(new Coupling(three, cycle)
                        .metrics(Stores.of(List.of()), Exposure.NONE, List.of())
                        .landscape()
                        .longestSyncChain())
                .isEqualTo(2);
    }
}
