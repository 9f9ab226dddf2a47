/** Processes of a test's own, to be killed and stopped. */
@NullMarked
package dev.fairlead.testkit.process;

import org.jspecify.annotations.NullMarked;
