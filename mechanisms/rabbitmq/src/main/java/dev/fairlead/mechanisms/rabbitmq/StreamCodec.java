package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Codec;
import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.MessageBuilder;
import com.rabbitmq.stream.codec.InternalCodec;
import io.netty.buffer.ByteBuf;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Takes messages as their bytes, so that the thread of a connection does not read what its listener may not want to know. */
final class StreamCodec implements Codec {
    private final Codec amqp = new InternalCodec();

    /** As the library wants it, its size in front. */
    private record Encoded(byte[] bytes) implements EncodedMessage {
        @Override
        public void writeTo(OutputStream stream) throws IOException {
            new DataOutputStream(stream).writeInt(bytes.length);
            stream.write(bytes);
        }

        @Override
        public void writeTo(ByteBuf to) {
            to.writeInt(bytes.length).writeBytes(bytes);
        }

        @Override
        public int getSize() {
            return bytes.length;
        }
    }

    @Override
    public EncodedMessage encode(Message message) {
        return message instanceof StreamMessage known ? new Encoded(known.bytes()) : amqp.encode(message);
    }

    @Override
    public Message decode(ByteBuf from, int length) {
        byte[] bytes = new byte[length];
        from.readBytes(bytes);
        return new StreamMessage(bytes);
    }

    @Override
    public MessageBuilder messageBuilder() {
        return amqp.messageBuilder();
    }
}
