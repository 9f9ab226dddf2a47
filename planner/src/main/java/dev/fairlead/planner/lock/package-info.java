/** What was decided and reviewed, as a file that the runtime opens by. */
@NullMarked
package dev.fairlead.planner.lock;

import org.jspecify.annotations.NullMarked;
