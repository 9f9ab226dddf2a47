/** The command: what people and scripts run. Only here is anything written to standard output. */
@NullMarked
package dev.fairlead.cli;

import org.jspecify.annotations.NullMarked;
