/** Real servers as child processes: for tests that use, kill, pause and restart them, and for demos that have none. */
@NullMarked
package dev.fairlead.servers;

import org.jspecify.annotations.NullMarked;
