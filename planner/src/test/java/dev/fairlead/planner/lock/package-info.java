@NullMarked
package dev.fairlead.planner.lock;

import org.jspecify.annotations.NullMarked;
