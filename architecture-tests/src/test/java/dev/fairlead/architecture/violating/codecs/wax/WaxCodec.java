package dev.fairlead.architecture.violating.codecs.wax;

import dev.fairlead.architecture.violating.codecs.ink.InkCodec;
import dev.fairlead.architecture.violating.planner.Upward;

public final class WaxCodec {
    public Object encode(Upward planner, InkCodec other) {
        return activateDefaultTyping(planner, other);
    }

    private Object activateDefaultTyping(Upward planner, InkCodec other) {
        return planner.equals(other);
    }
}
