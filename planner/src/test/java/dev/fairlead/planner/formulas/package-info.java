@NullMarked
package dev.fairlead.planner.formulas;

import org.jspecify.annotations.NullMarked;
