package dev.fairlead.node.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.wire.LogMessages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of appends that are sent again, and of those that come late. */
class WritingTest {
    private static final String NAME = "shop.sale";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Mechanism mechanism;
    private Log logs;
    private Writing writing;

    @BeforeEach
    void claim() {
        mechanism = EmbeddedStore.in(folder);
        logs = (Log) mechanism;
        logs.define(new LogDefinition(NAME, new Retention.KeepAll(), Durability.D0));
        writing = claimed();
    }

    private Writing claimed() {
        return new Writing(logs, NAME, logs.claim(NAME, "test"));
    }

    @AfterEach
    void close() {
        mechanism.close();
    }

    /** Appends of the values, from the offset on; the values of one are parted by a comma. */
    private static LogMessages.Append sent(long turn, long first, String... appends) {
        return new LogMessages.Append(
                1,
                turn,
                first,
                Stream.of(appends)
                        .map(append -> Stream.of(append.split(",", -1))
                                .map(value -> new LogEntry(new byte[] {1}, new byte[0], value.getBytes(UTF_8)))
                                .toList())
                        .toList());
    }

    private List<String> values() {
        long end = logs.bounds(NAME, 0).end();
        List<String> values = new ArrayList<>();
        try (LogReader reader = logs.read(NAME, 0, 0)) {
            while (reader.next() < end) {
                reader.poll(100, PATIENCE).records().forEach(record -> values.add(new String(record.payload(), UTF_8)));
            }
        }
        return values;
    }

    private static LogMessages.Stands stands(int appends, @Nullable Durability reached) {
        return new LogMessages.Stands(appends, Optional.ofNullable(reached));
    }

    private static void fails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code())
                                .as(failure.getMessage())
                                .isEqualTo(code));
    }

    @Test
    void whatIsSentTwiceIsWrittenOnce() {
        assertThat(writing.append(sent(0, 0, "a", "b,c"))).isEqualTo(stands(2, Durability.D0));
        assertThat(writing.append(sent(0, 0, "a", "b,c")))
                .as("what was written now")
                .isEqualTo(stands(2, null));
        assertThat(writing.append(sent(0, 3, "d"))).isEqualTo(stands(1, Durability.D0));
        assertThat(values()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void ofWhatIsSentTwiceTheRestIsWritten() {
        writing.append(sent(0, 0, "a"));
        assertThat(writing.append(sent(0, 0, "a", "b,c"))).isEqualTo(stands(2, Durability.D0));
        assertThat(values()).containsExactly("a", "b", "c");
    }

    @Test
    void whatALaterWriterHasWrittenIsNotTakenForTheFirstOnes() {
        writing.append(sent(0, 0, "a"));
        claimed().append(sent(0, 1, "other"));
        fails(ErrorCode.FENCED, () -> writing.append(sent(0, 1, "b")));
        fails(ErrorCode.FENCED, () -> writing.append(sent(0, 2, "c")));
        fails(ErrorCode.FENCED, () -> writing.resume(1));
        assertThat(values()).containsExactly("a", "other");
    }

    /** An append beyond the limits is refused alone; whoever sends the rest again is told why. */
    @Test
    void whatStandsIsToldWhenTheRestFails() {
        LogMessages.Append broken = new LogMessages.Append(
                1,
                0,
                0,
                List.of(
                        sent(0, 0, "a").appends().getFirst(),
                        List.of(new LogEntry(new byte[LogEntry.MAX_KEY + 1], new byte[0], new byte[0]))));
        assertThat(writing.append(broken)).isEqualTo(stands(1, Durability.D0));
        LogMessages.Append rest =
                new LogMessages.Append(1, 0, 1, broken.appends().subList(1, 2));
        fails(ErrorCode.BAD_VALUE, () -> writing.append(rest));
        assertThat(values()).containsExactly("a");
    }

    @Test
    void whatComesAfterAResumptionOfItsWriterIsNotWritten() {
        writing.append(sent(0, 0, "a"));
        assertThat(writing.resume(1)).as("the end of the log").isEqualTo(1);
        fails(ErrorCode.BAD_VALUE, () -> writing.append(sent(0, 1, "late")));
        fails(ErrorCode.BAD_VALUE, () -> writing.resume(0));
        assertThat(writing.append(sent(1, 1, "b"))).isEqualTo(stands(1, Durability.D0));
        assertThat(values()).containsExactly("a", "b");
    }

    @Test
    void aLogThatEndsBelowWhatWasAcknowledgedIsDamaged() {
        writing.append(sent(0, 0, "a"));
        fails(ErrorCode.STORAGE_DAMAGED, () -> writing.append(sent(0, 2, "c")));
        fails(ErrorCode.STORAGE_DAMAGED, () -> writing.append(sent(0, 0, "a,b")));
        assertThat(values()).containsExactly("a");
    }
}
