package dev.fairlead.engine;

import dev.fairlead.api.Erasure;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.planner.Scenario;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The erasures of a state item on the owner's side: finishes what was begun, and asks the holders how far they are. */
final class Erasures {
    private final ItemPlan plan;
    private final Log log;
    private final String mechanism;
    private final boolean supported;
    private final ErasureNote note;

    Erasures(ItemPlan plan, Log log, Mechanism mechanism) {
        this.plan = plan;
        this.log = log;
        this.mechanism = mechanism.name();
        this.supported = ErasureNote.supportedBy(mechanism);
        this.note = ErasureNote.ofLog(log, plan);
    }

    void refuseWhereUnsupported() {
        if (!supported) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    "the mechanism " + mechanism + " cannot erase a key of " + plan.id()
                            + " (choose another mechanism for it, or remove the key)");
        }
    }

    /**
     * Takes the content out of the log for every erasure that has not been noted as done, in their order, and notes it.
     *
     * @param begun the keys, by the offset of their erasure's record
     */
    void finish(LogWriter writer, SortedMap<Long, String> begun) {
        if (!supported || begun.isEmpty()) {
            return;
        }
        SortedMap<Long, String> left = begun.tailMap(note.below().orElse(0L));
        left.forEach((offset, key) -> {
            writer.erase(0, key.getBytes(StandardCharsets.UTF_8), offset);
            note.write(offset + 1);
        });
    }

    Erasure report(String key, long offset) {
        List<Erasure.Holder> holders = new ArrayList<>();
        holders.add(holder(note, offset));
        plan.readers().forEach((service, scenario) -> {
            ErasureNote copy = ErasureNote.ofCopy(log, plan, service);
            if (scenario == Scenario.FEED || copy.below().isPresent()) {
                holders.add(holder(copy, offset));
            }
        });
        return new Erasure(plan.id(), key, new Position(0, offset), holders);
    }

    private static Erasure.Holder holder(ErasureNote note, long offset) {
        Optional<Long> below = note.below();
        return new Erasure.Holder(note.holder(), below.isPresent() && below.get() > offset);
    }
}
