package dev.fairlead.examples.trading;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Services;
import java.util.List;

/** The service that owns the instruments. */
final class Reference implements AutoCloseable {
    static final String NAME = "reference";
    static final String INSTRUMENT = NAME + ".instrument";

    private static final StateItem<String, Instrument> ITEM = StateItem.of(INSTRUMENT, String.class, Instrument.class);

    private final Fairlead service;
    private final Owner<String, Instrument> owner;

    Reference(Services services, List<Instrument> instruments) {
        this.service = services.open(NAME, ITEM);
        this.owner = service.own(ITEM);
        owner.putAll(instruments);
    }

    Owner<String, Instrument> owner() {
        return owner;
    }

    @Override
    public void close() {
        service.close();
    }
}
