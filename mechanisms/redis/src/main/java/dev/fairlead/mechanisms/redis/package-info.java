/** The redis mechanism: logs on streams of Redis or Valkey, latest values by an index, queues on sorted sets. */
@NullMarked
package dev.fairlead.mechanisms.redis;

import org.jspecify.annotations.NullMarked;
