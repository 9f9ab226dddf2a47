@NullMarked
package dev.fairlead.planner.report;

import org.jspecify.annotations.NullMarked;
