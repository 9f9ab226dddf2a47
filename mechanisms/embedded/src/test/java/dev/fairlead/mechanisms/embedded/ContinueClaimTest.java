package dev.fairlead.mechanisms.embedded;

import static dev.fairlead.mechanisms.embedded.Records.append;
import static dev.fairlead.mechanisms.embedded.Records.failure;
import static dev.fairlead.mechanisms.embedded.Records.open;
import static dev.fairlead.mechanisms.embedded.Records.texts;
import static dev.fairlead.mechanisms.embedded.Records.writer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.LogWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A writer that goes on with a claim which an earlier process made. */
class ContinueClaimTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"D1", "D2"})
    void goesOnUnderItsEpochAfterAReopening(Durability durability) {
        long epoch;
        try (EmbeddedMechanism mechanism = open(folder, durability)) {
            LogWriter writer = writer(mechanism, "a", durability);
            epoch = writer.epoch();
            append(writer, "k", "one");
        }
        for (int reopening = 1; reopening <= 2; reopening++) {
            try (EmbeddedMechanism mechanism = open(folder, durability)) {
                LogWriter continued = mechanism.continueClaim("a", epoch);
                assertThat(continued.epoch()).isEqualTo(epoch);
                assertThat(append(continued, "k", "after reopening " + reopening)
                                .first()
                                .offset())
                        .isEqualTo(reopening);
            }
        }
        try (EmbeddedMechanism mechanism = open(folder, durability)) {
            assertThat(texts(mechanism, "a")).containsExactly("k=one", "k=after reopening 1", "k=after reopening 2");
            assertThat(mechanism.claim("a", "test").epoch()).isEqualTo(epoch + 1);
        }
    }

    @Test
    void aClaimThatAnotherFollowedIsOver() {
        long epoch;
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1)) {
            epoch = writer(mechanism, "a", Durability.D1).epoch();
            LogWriter continued = mechanism.continueClaim("a", epoch);
            append(continued, "k", "one");
            append(mechanism.claim("a", "another"), "k", "two");
            failure(ErrorCode.FENCED, () -> mechanism.continueClaim("a", epoch));
            failure(ErrorCode.FENCED, continued::resume);
            assertThat(failure(continued.append(0, Records.numbered(0, 1, 1))).code())
                    .isEqualTo(ErrorCode.FENCED);
        }
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1)) {
            failure(ErrorCode.FENCED, () -> mechanism.continueClaim("a", epoch));
            assertThat(texts(mechanism, "a")).containsExactly("k=one", "k=two");
        }
    }

    @Test
    void aClaimThatNobodyMadeIsRefused() {
        try (EmbeddedMechanism mechanism = open(folder, Durability.D1)) {
            long epoch = writer(mechanism, "a", Durability.D1).epoch();
            failure(ErrorCode.FENCED, () -> mechanism.continueClaim("a", epoch + 1));
            failure(ErrorCode.FENCED, () -> mechanism.continueClaim("a", epoch - 1));
            failure(ErrorCode.PLAN, () -> mechanism.continueClaim("b", epoch));
        }
    }
}
