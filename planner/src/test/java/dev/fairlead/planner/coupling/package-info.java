@NullMarked
package dev.fairlead.planner.coupling;

import org.jspecify.annotations.NullMarked;
