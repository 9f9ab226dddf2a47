package dev.fairlead.testkit.history;

import java.util.EnumSet;
import java.util.Set;

/** What a history must obey. */
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
    A7("a key's records first come in order, and a new session begins no earlier than was committed"),
    /** Notes of progress are honest. */
    A8("commits never go back, nor beyond what was delivered, or what a group has done or set aside"),
    /** Nothing is skipped in silence. */
    A9("no acknowledged record is skipped without a gap being told"),
    /** Nothing takes effect twice. */
    A10("a record has at most one effect in a group"),
    /** Who was replaced has no say. */
    A11("nothing takes effect under an old epoch"),
    /** Transactions are not torn. */
    A12("of a transaction all records are written, or none"),
    /** A copy is what its owner's changes make it. */
    A13(
            "a copy's changes are ordered, unique, atomic, reliable, resumable and bookmarked, and end in what the owner wrote"),
    /** A question has one end. */
    A14("a question has one outcome, and an answer is its own"),
    /** Nothing disappears between handling and setting aside. */
    A15("each acknowledged record is in the end either handled, or set aside, or dropped on purpose"),
    /** It goes on after a fault. */
    A16("what is owed comes in time once all faults are over");

    private static final Set<Rule> AT_LEAST_ONCE = EnumSet.of(A1, A2, A3, A4, A5, A8, A9, A15);

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    /** The rule, as a sentence. */
    public String text() {
        return text;
    }

    /** What at least once means, without order. */
    public static Set<Rule> atLeastOnce() {
        return EnumSet.copyOf(AT_LEAST_ONCE);
    }

    /** What at least once in order per key means. */
    public static Set<Rule> inOrder() {
        Set<Rule> rules = atLeastOnce();
        rules.addAll(EnumSet.of(A6, A7));
        return rules;
    }

    /** What effectively once in order per key means. */
    public static Set<Rule> effectivelyOnce() {
        Set<Rule> rules = inOrder();
        rules.addAll(EnumSet.of(A10, A11, A12));
        return rules;
    }
}
