/** Carries shared data on streams and quorum queues of RabbitMQ. */
@NullMarked
package dev.fairlead.mechanisms.rabbitmq;

import org.jspecify.annotations.NullMarked;
