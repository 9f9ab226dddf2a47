/** The embedded mechanism: logs and latest values on this machine, kept in one RocksDB per data folder. */
@NullMarked
package dev.fairlead.mechanisms.embedded;

import org.jspecify.annotations.NullMarked;
