package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Cause;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Origin;
import dev.fairlead.api.Position;
import dev.fairlead.api.Trace;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginFormatTest {
    private static final Trace TRACE = Trace.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    private static final List<Origin> ORIGINS = List.of(
            Origin.of(TRACE),
            Origin.of(Trace.begin()),
            new Origin(TRACE, Optional.of(new Cause.Written("checkout.sale", new Position(3, Long.MAX_VALUE)))),
            new Origin(Trace.begin(), Optional.of(new Cause.Question("shop.quote", UUID.randomUUID()))));

    @Test
    void whatIsPackedComesBack() {
        assertThat(ORIGINS)
                .allSatisfy(origin -> assertThat(OriginFormat.unpack(ByteBuffer.wrap(OriginFormat.pack(origin))))
                        .isEqualTo(origin));
    }

    @Test
    void aPartOrMoreThanAllOfItIsNoOrigin() {
        for (Origin origin : ORIGINS) {
            byte[] packed = OriginFormat.pack(origin);
            for (int length = 0; length <= packed.length + 1; length++) {
                if (length != packed.length) {
                    byte[] other = Arrays.copyOf(packed, length);
                    assertThat(OriginFormat.unpack(ByteBuffer.wrap(other))).isNull();
                }
            }
        }
        byte[] zeros = new byte[25];
        assertThat(OriginFormat.unpack(ByteBuffer.wrap(zeros))).isNull();
    }

    @Test
    void theTextOfATraceIsThatOfTheStandard() {
        assertThat(TRACE.id()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(TRACE.spanId()).isEqualTo("b7ad6b7169203331");
        assertThat(TRACE.sampled()).isTrue();
        assertThat(TRACE.traceparent()).isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(Trace.parse("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes-later"))
                .isEqualTo(TRACE);
        Trace begun = Trace.begin();
        assertThat(Trace.parse(begun.traceparent())).isEqualTo(begun);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319x-b7ad6b7169203331-01",
            })
    void whatIsNoTraceparentIsRefusedAndShown(String text) {
        assertThatThrownBy(() -> Trace.parse(text))
                .isInstanceOf(FairleadException.class)
                .hasMessageContaining("not a traceparent: " + text);
    }
}
