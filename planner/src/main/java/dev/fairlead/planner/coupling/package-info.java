/** How strongly the services of a decided plan depend on each other, and what is to be said against it. */
@NullMarked
package dev.fairlead.planner.coupling;

import org.jspecify.annotations.NullMarked;
