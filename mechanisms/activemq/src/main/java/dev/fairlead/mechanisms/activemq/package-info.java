/** Carries messages on queues of ActiveMQ Artemis and ActiveMQ Classic, over AMQP 1.0. */
@NullMarked
package dev.fairlead.mechanisms.activemq;

import org.jspecify.annotations.NullMarked;
