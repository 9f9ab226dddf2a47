/** Seeded runs on a mechanism that leave a history. */
@NullMarked
package dev.fairlead.testkit.workload;

import org.jspecify.annotations.NullMarked;
