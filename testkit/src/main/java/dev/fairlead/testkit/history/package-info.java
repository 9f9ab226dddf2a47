/** Histories of runs, and the rules that judge them. */
@NullMarked
package dev.fairlead.testkit.history;

import org.jspecify.annotations.NullMarked;
