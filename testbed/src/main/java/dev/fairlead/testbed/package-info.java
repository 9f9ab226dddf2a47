/** Services of an application under test, all in one process. */
@NullMarked
package dev.fairlead.testbed;

import org.jspecify.annotations.NullMarked;
