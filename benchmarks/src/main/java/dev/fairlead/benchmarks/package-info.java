/** Figures, each beside a reference that is measured in the same run. */
@NullMarked
package dev.fairlead.benchmarks;

import org.jspecify.annotations.NullMarked;
