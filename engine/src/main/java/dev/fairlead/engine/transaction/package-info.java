/** Outbox and inbox: what Fairlead keeps in an application's own database. Knows nothing of logs. */
@NullMarked
package dev.fairlead.engine.transaction;

import org.jspecify.annotations.NullMarked;
