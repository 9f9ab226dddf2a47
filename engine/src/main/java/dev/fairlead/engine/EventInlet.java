package dev.fairlead.engine;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.planner.Envelope;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.cloudevents.ForeignHeader;

/** The one way from an event log to one service: verifies each record and leaves out what its plan does not name. */
final class EventInlet<K, E> {
    private final EventPlan plan;
    private final EventFormat format;
    private final KeyText<K> keyText;
    private final EventTypes<E> types;

    EventInlet(EventPlan plan, KeyText<K> keyText, EventTypes<E> types) {
        this.plan = plan;
        this.format = new EventFormat(plan.id());
        this.keyText = keyText;
        this.types = types;
    }

    /** What the record is; never fails, whatever it holds. */
    Arrival<K, E> look(LogRecord written) {
        if (written.isErased()) {
            return new Arrival.Unused<>();
        }
        try {
            EventEnvelope envelope = envelope(written);
            if (envelope.erases()) {
                return new Arrival.Unused<>();
            }
            if (!plan.all().containsKey(envelope.type())) {
                return new Arrival.Unknown<>("the plan has no event " + envelope.type() + " of " + plan.id()
                        + " (take the owner's newer plan)");
            }
            if (!types.knows(envelope.type())) {
                return new Arrival.Unused<>();
            }
            EventRecord<K, E> happened = new EventRecord<>(
                    keyText.key(written.key()),
                    types.decode(envelope.type(), written.payload()),
                    envelope.version(),
                    new Position(0, written.offset()),
                    envelope.time());
            return new Arrival.Known<>(happened, Origins.handling(envelope.origin(), plan.id(), written.offset()));
        } catch (RuntimeException | StackOverflowError e) {
            return new Arrival.Damaged<>(ErrorText.of(e));
        }
    }

    /** Whether the record tells that its key was erased. */
    boolean erases(LogRecord written) {
        if (written.isErased() || written.payload().length > 0) {
            return false;
        }
        try {
            return envelope(written).erases();
        } catch (FairleadException damaged) {
            return false;
        }
    }

    /** The envelope alone; fails with BAD_VALUE when the record is damaged. */
    EventEnvelope envelope(LogRecord written) {
        if (plan.envelope() == Envelope.PACKED && ForeignHeader.is(written.header())) {
            throw CloudEventForm.refused(plan.id());
        }
        return format.read(written);
    }
}
