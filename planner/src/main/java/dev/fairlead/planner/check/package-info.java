/** Holds a plan against an earlier one: which changes break which readers, and a document that shows it. */
@NullMarked
package dev.fairlead.planner.check;

import org.jspecify.annotations.NullMarked;
