/** Plan files in; a checked plan, decisions with reasons, findings and metrics out. Pure functions but for reading files. */
@NullMarked
package dev.fairlead.planner;

import org.jspecify.annotations.NullMarked;
