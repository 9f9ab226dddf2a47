@NullMarked
package dev.fairlead.planner;

import org.jspecify.annotations.NullMarked;
