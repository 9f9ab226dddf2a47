package dev.fairlead.cli;

import dev.fairlead.testkit.conformance.MechanismUnderTest;

/** The data of one scenario of a proof, which a user can find if the proof could not take it away. */
interface ProvenData extends MechanismUnderTest {
    /** Where it is, in words. */
    String place();
}
