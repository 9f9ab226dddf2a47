@NullMarked
package dev.fairlead.planner.check;

import org.jspecify.annotations.NullMarked;
