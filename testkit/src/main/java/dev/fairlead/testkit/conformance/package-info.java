/** The conformance suite: what every mechanism must do, and must refuse. */
@NullMarked
package dev.fairlead.testkit.conformance;

import org.jspecify.annotations.NullMarked;
