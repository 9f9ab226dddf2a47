package dev.fairlead.node.carrier;

/** Something that is done with a log or a queue of an opening. */
@FunctionalInterface
public interface Act {
    /** The answer to the message. */
    byte[] on(Opening opening, String name, byte[] message);
}
