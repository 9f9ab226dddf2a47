package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Codec;
import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.MessageBuilder;
import com.rabbitmq.stream.codec.InternalCodec;
import io.netty.buffer.ByteBuf;

/** AMQP 1.0, and what a stranger wrote otherwise as its bytes: one bad message must not stop a reader. */
final class TolerantCodec implements Codec {
    private final Codec amqp = new InternalCodec();

    @Override
    public EncodedMessage encode(Message message) {
        return amqp.encode(message);
    }

    @Override
    public Message decode(ByteBuf bytes, int length) {
        int begin = bytes.readerIndex();
        try {
            Message message = amqp.decode(bytes, length);
            message.getBodyAsBinary();
            return message;
        } catch (RuntimeException notAmqp) {
            byte[] raw = new byte[length];
            bytes.getBytes(begin, raw);
            return amqp.messageBuilder().addData(raw).build();
        } finally {
            bytes.readerIndex(begin + length);
        }
    }

    @Override
    public MessageBuilder messageBuilder() {
        return amqp.messageBuilder();
    }
}
