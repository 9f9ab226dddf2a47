/** What sharing costs and gives, as formulas on plain numbers; they know nothing of plans. */
@NullMarked
package dev.fairlead.planner.formulas;

import org.jspecify.annotations.NullMarked;
