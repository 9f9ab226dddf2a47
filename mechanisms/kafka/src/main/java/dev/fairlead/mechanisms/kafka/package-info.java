/** Logs and queues of Fairlead on topics of Apache Kafka. */
@NullMarked
package dev.fairlead.mechanisms.kafka;

import org.jspecify.annotations.NullMarked;
