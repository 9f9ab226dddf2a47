/** The whole proof of one mechanism, as a report. */
@NullMarked
package dev.fairlead.testkit.prove;

import org.jspecify.annotations.NullMarked;
