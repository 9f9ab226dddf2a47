package dev.fairlead.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.FairleadException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EnvelopeFormatTest {
    private static final byte[] KEY = "17850".getBytes(UTF_8);
    private static final byte[] PAYLOAD = "{\"name\":\"a\"}".getBytes(UTF_8);

    private final EnvelopeFormat format = new EnvelopeFormat("profile.profile");
    private final Envelope envelope =
            new Envelope(Envelope.Kind.VALUE, 7, 3, Instant.parse("1969-12-31T23:59:59.999999Z"), 0xCAFE, null, 0);

    @Test
    void anEnvelopeComesBackAsItWasPacked() {
        Envelope back = format.unpack(format.pack(envelope, KEY, PAYLOAD), KEY, PAYLOAD);

        assertThat(back).usingRecursiveComparison().ignoringFields("checksum").isEqualTo(envelope);
    }

    @Test
    void aRemovalIsToldFromAValue() {
        Envelope removal = new Envelope(Envelope.Kind.REMOVAL, 8, 3, Instant.EPOCH, 0, null, 0);

        assertThat(format.unpack(format.pack(removal, KEY, new byte[0]), KEY, new byte[0])
                        .removal())
                .isTrue();
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] header = format.pack(envelope, KEY, PAYLOAD);
        for (byte[] part : new byte[][] {header, KEY, PAYLOAD}) {
            for (int bit = 0; bit < part.length * 8; bit++) {
                part[bit / 8] ^= (byte) (1 << (bit % 8));
                assertThatThrownBy(() -> format.unpack(header, KEY, PAYLOAD)).isInstanceOf(FairleadException.class);
                part[bit / 8] ^= (byte) (1 << (bit % 8));
            }
        }
        assertThat(format.unpack(header, KEY, PAYLOAD).version()).isEqualTo(7);
    }

    @Test
    void aRecordOfAnotherItemIsRefused() {
        byte[] header = new EnvelopeFormat("profile.address").pack(envelope, KEY, PAYLOAD);

        assertThatThrownBy(() -> format.unpack(header, KEY, PAYLOAD)).hasMessageContaining("checksum");
    }

    @Test
    void aHeaderOfAnotherFormatIsRefused() {
        assertThatThrownBy(() -> format.unpack(new byte[0], KEY, PAYLOAD)).hasMessageContaining("format");
        assertThatThrownBy(() -> format.unpack(new byte[EnvelopeFormat.LENGTH], KEY, PAYLOAD))
                .hasMessageContaining("format");
    }
}
