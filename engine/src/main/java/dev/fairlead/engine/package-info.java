/** Runs a plan on mechanisms: owners, copies, their health and their repair. */
@NullMarked
package dev.fairlead.engine;

import org.jspecify.annotations.NullMarked;
