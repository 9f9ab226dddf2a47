package dev.fairlead.node.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.node.limits.CallerRooms.Admission;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallerRoomsTest {
    @Test
    void s41OneCallerAtItsLimitLeavesAnotherItsRoom() {
        CallerRooms rooms = new CallerRooms(() -> new CallerLimits(Integer.MAX_VALUE, 2, 1));
        assertThat(List.of(rooms.enter("a"), rooms.enter("a"), rooms.enter("a"), rooms.enter("b")))
                .containsExactly(Admission.ADMITTED, Admission.ADMITTED, Admission.FULL, Admission.ADMITTED);
        rooms.leave("a");
        assertThat(rooms.enter("a")).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void s32OneCallersStreamsAreCountedApart() {
        CallerRooms rooms = new CallerRooms(() -> new CallerLimits(Integer.MAX_VALUE, 2, 1));
        assertThat(rooms.beginStream("a")).isEqualTo(Admission.ADMITTED);
        assertThat(rooms.beginStream("a")).isEqualTo(Admission.FULL);
        assertThat(rooms.beginStream("b")).isEqualTo(Admission.ADMITTED);
        assertThat(rooms.streams()).isEqualTo(2);
        rooms.endStream("a");
        assertThat(rooms.beginStream("a")).isEqualTo(Admission.ADMITTED);
    }

    /** One call costs a second, and up to a second may be spent at once. */
    @Test
    void s41ACallerThatCallsTooOftenIsRefused() {
        CallerRooms rooms = new CallerRooms(() -> new CallerLimits(1, 1_000, 1));
        List<Admission> admissions =
                Stream.generate(() -> rooms.enter("a")).limit(50).toList();
        assertThat(Collections.frequency(admissions, Admission.TOO_FAST)).isPositive();
        assertThat(admissions.getFirst()).isEqualTo(Admission.ADMITTED);
        assertThat(rooms.enter("b")).isEqualTo(Admission.ADMITTED);
    }
}
