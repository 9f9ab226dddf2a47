package dev.fairlead.codecs.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PlainPieceTest {
    private final Random random = new Random(20261128);

    /** Each length has its own way to be compared: less than a word, up to two words, and more. */
    @RepeatedTest(40)
    void aPieceIsFoundWhereItStandsAndNowhereElse(RepetitionInfo repetition) {
        byte[] bytes = bytes(repetition.getCurrentRepetition());
        PlainPiece piece = new PlainPiece(bytes);
        for (int i = 0; i < 2_000; i++) {
            byte[] text = bytes(random.nextInt(60));
            int at = random.nextInt(text.length + 1);
            if (at + bytes.length <= text.length && random.nextInt(4) > 0) {
                System.arraycopy(bytes, 0, text, at, bytes.length);
                if (random.nextBoolean()) {
                    text[at + random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            int end = at + bytes.length;
            boolean isThere = end <= text.length && Arrays.equals(text, at, end, bytes, 0, bytes.length);

            assertThat(piece.isAt(text, at)).isEqualTo(isThere);
        }
    }

    @Test
    void aWordIsPlainUpToItsFirstUnusualByte() {
        for (int i = 0; i < 200_000; i++) {
            byte[] text = bytes(PlainWord.LENGTH);
            int plain = 0;
            while (plain < text.length && isPlain(text[plain])) {
                plain++;
            }

            assertThat(PlainWord.plainLength(PlainWord.at(text, 0)))
                    .as(new String(text, ISO_8859_1))
                    .isEqualTo(plain);
        }
    }

    private static boolean isPlain(byte each) {
        return each >= ' ' && each != '"' && each != '\\';
    }

    /** Bytes of which many are next to those that are unusual. */
    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = switch (random.nextInt(8)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) ('"' + random.nextInt(3) - 1);
                case 2 -> (byte) ('\\' + random.nextInt(3) - 1);
                case 3 -> (byte) (' ' + random.nextInt(3) - 1);
                default -> (byte) ('a' + random.nextInt(26));
            };
        }
        return bytes;
    }
}
