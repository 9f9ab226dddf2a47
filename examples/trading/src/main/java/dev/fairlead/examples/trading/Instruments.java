package dev.fairlead.examples.trading;

import dev.fairlead.examples.demo.Printed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The instruments of the demo: the real one, and synthetic ones that a seed decides. */
final class Instruments {
    static final String BITCOIN = "BTCUSD";
    static final int COUNT = 500;

    private static final List<String> FIRST = List.of(
            "Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Granite", "Harbour", "Iris", "Juniper", "Kestrel",
            "Larch", "Meadow", "Nordic", "Ochre", "Pine", "Quarry", "Raven", "Slate", "Tundra");
    private static final List<String> SECOND = List.of(
            "Airways",
            "Bank",
            "Cement",
            "Dairies",
            "Energy",
            "Foods",
            "Glass",
            "Insurance",
            "Labs",
            "Metals",
            "Paper",
            "Rail",
            "Shipping",
            "Telecom",
            "Water");
    private static final List<BigDecimal> TICKS =
            List.of(new BigDecimal("0.0100"), new BigDecimal("0.0500"), new BigDecimal("0.1000"));
    private static final List<Integer> LOTS = List.of(1, 10, 100);

    private Instruments() {}

    /** The instruments of a seed, the real one first. */
    static List<Instrument> of(long seed) {
        Random random = new Random(seed);
        List<Instrument> instruments = new ArrayList<>(COUNT);
        instruments.add(
                new Instrument(BITCOIN, "Bitcoin in US dollars", Instrument.Currency.USD, new BigDecimal("0.0100"), 1));
        while (instruments.size() < COUNT) {
            instruments.add(synthetic(instruments.size(), random));
        }
        return instruments;
    }

    private static Instrument synthetic(int number, Random random) {
        Instrument.Currency[] currencies = Instrument.Currency.values();
        return new Instrument(
                Printed.text("SYN%03d", number),
                FIRST.get(random.nextInt(FIRST.size())) + " " + SECOND.get(random.nextInt(SECOND.size())),
                currencies[random.nextInt(currencies.length)],
                TICKS.get(random.nextInt(TICKS.size())),
                LOTS.get(random.nextInt(LOTS.size())));
    }
}
