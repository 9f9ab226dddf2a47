package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;

/** A message as it came through a channel, which has given it a number. */
record Taken(long tag, AMQP.BasicProperties properties, byte[] body) {}
