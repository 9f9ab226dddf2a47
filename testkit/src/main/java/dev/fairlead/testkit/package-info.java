/** What proves a mechanism, and what tests of Fairlead's users need: settable time, seeds. */
@NullMarked
package dev.fairlead.testkit;

import org.jspecify.annotations.NullMarked;
