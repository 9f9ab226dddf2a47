package dev.fairlead.testkit.history;

/** What a history of sends and deliveries must obey. */
public enum Rule {
    /** Nothing that was acknowledged is lost. */
    A1("what was acknowledged is delivered"),
    /** Nothing comes out of nowhere. */
    A2("what is delivered was sent"),
    /** Nothing that failed shows. */
    A3("what failed is not delivered"),
    /** Nothing is changed or goes to the wrong place. */
    A4("what is delivered is what was sent, of this item and key"),
    /** A position is one record for ever. */
    A5("a position holds one value, and positions grow within a session"),
    /** Real time is respected. */
    A6("what was acknowledged before something was sent stands before it"),
    /** The order of a key is kept. */
    A7("a key's records are first delivered in order, and a new session begins no earlier than was committed"),
    /** Notes of progress are honest. */
    A8("a group's commits never go back, nor beyond what was delivered"),
    /** Nothing is skipped in silence. */
    A9("no acknowledged record is skipped without a gap being told");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    /** The rule, as a sentence. */
    public String text() {
        return text;
    }
}
