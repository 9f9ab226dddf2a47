/** The sql mechanism: logs, latest values and queues in tables of PostgreSQL, MariaDB or H2. */
@NullMarked
package dev.fairlead.mechanisms.sql;

import org.jspecify.annotations.NullMarked;
