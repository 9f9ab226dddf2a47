package dev.fairlead.mechanisms.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RepliesTest {
    private static IOException closed(int code, String text) {
        AMQP.Connection.Close close = new AMQP.Connection.Close.Builder()
                .replyCode(code)
                .replyText(text)
                .classId(0)
                .methodId(0)
                .build();
        return new IOException(new ShutdownSignalException(true, false, close, null));
    }

    @Test
    void aFaultOfTheServersOwnIsToldAsOneAndWhereItsReasonStands() {
        assertThat(Replies.text(closed(AMQP.INTERNAL_ERROR, "INTERNAL_ERROR")))
                .startsWith("INTERNAL_ERROR")
                .contains("its log has the reason");
    }

    @Test
    void otherRepliesAreTheServersWords() {
        assertThat(Replies.text(closed(AMQP.ACCESS_REFUSED, "ACCESS_REFUSED - no")))
                .isEqualTo("ACCESS_REFUSED - no");
    }
}
