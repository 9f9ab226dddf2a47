/** Faults put between a mechanism and its users, by programme. */
@NullMarked
package dev.fairlead.testkit.faults;

import org.jspecify.annotations.NullMarked;
