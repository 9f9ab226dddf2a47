package dev.fairlead.spi.calling;

/** An answerer among all that there ever are: where it is, and which one there. */
record AnswererId(String address, long number) {
    static AnswererId of(Presence presence) {
        return new AnswererId(presence.address(), presence.number());
    }
}
