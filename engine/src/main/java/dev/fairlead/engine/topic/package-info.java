/** A log for state items where a mechanism has topics and questions, and no log. */
@NullMarked
package dev.fairlead.engine.topic;

import org.jspecify.annotations.NullMarked;
