package dev.fairlead.node.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.calling.Presence;
import dev.fairlead.spi.wire.LetterMessages;
import dev.fairlead.spi.wire.LetterMessages.Announcement;
import dev.fairlead.spi.wire.LetterMessages.Letter;
import dev.fairlead.spi.wire.LetterMessages.Received;
import dev.fairlead.spi.wire.WireInput;
import dev.fairlead.spi.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks or answers speaks for nobody else, and for no item that the plan does not let it. */
class LetterActsTest {
    private static final String ITEM = "shop.quote";
    private static final String SECRET = "shop.secret";
    private static final int ANSWERED_HERE = 11;
    private static final int HELLO = 10;
    private static final Duration LEASE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private Carrier carrier;

    @BeforeEach
    void open() {
        carrier = new Carrier(
                Map.of("durability", "D0"), folder, TimeSource.SYSTEM, new LetterSpaces(nanos::get), nanos::get);
        LetterActs.announce(
                box("shop"),
                announcement("owner", new Presence(ITEM, "owner", 1, 4), new Presence(SECRET, "owner", 2, 4)));
    }

    @AfterEach
    void close() {
        carrier.close();
    }

    /** The plan lets the service shop answer, and all others ask the one item and not the other. */
    private LetterActs.Box box(String caller) {
        return new LetterActs.Box(carrier, new Place("", caller, "o"), new LetterActs.Permission() {
            @Override
            public void ask(String item) {
                if (!item.equals(ITEM)) {
                    throw new FairleadException(ErrorCode.PLAN, "not declared");
                }
            }

            @Override
            public void answer(String item) {
                if (!caller.equals("shop")) {
                    throw new FairleadException(ErrorCode.PLAN, "not the owner");
                }
            }
        });
    }

    private static byte[] announcement(String address, Presence... all) {
        WireOutput out = new WireOutput().text(address);
        LetterMessages.announcement(out, new Announcement(List.of(all), LEASE));
        return out.toBytes();
    }

    private List<Presence> found(String item) {
        return LetterMessages.presences(new WireInput(LetterActs.find(
                box("till"), new WireOutput().text("asker").text(item).toBytes())));
    }

    private static byte[] hello(String to, long number, String asker) {
        return message(HELLO, to, number, asker);
    }

    private static byte[] message(int kind, String address, long number, String asker) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            out.writeByte(kind);
            out.writeInt(address.length());
            out.write(address.getBytes(UTF_8));
            out.writeLong(number);
            if (!asker.isEmpty()) {
                out.writeInt(asker.length());
                out.write(asker.getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** Whether it was put into its box. */
    private boolean isSent(String caller, String own, String to, byte[] message) {
        return sent(caller, own, to, message) == LetterMessages.PUT;
    }

    private int sent(String caller, String own, String to, byte[] message) {
        WireOutput out = new WireOutput().text(own);
        LetterMessages.letters(out, List.of(new Letter(to, LEASE, message)));
        return new WireInput(LetterActs.send(box(caller), out.toBytes())).count(LetterMessages.NOT_YET);
    }

    private Received received(String caller, String address, long run, long number) {
        return LetterMessages.received(LetterActs.receive(
                box(caller),
                new WireOutput()
                        .text(address)
                        .number(run)
                        .number(number)
                        .count(0)
                        .toBytes()));
    }

    private static void fails(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        FairleadException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void lettersComeUntilTheyAreSaidToHaveCome() {
        assertThat(isSent("till", "asker", "owner", hello("owner", 1, "asker"))).isTrue();
        Received first = received("shop", "owner", 0, 0);
        assertThat(first.letters()).hasSize(1);
        assertThat(received("shop", "owner", first.run(), 0).letters())
                .as("the answer was lost")
                .hasSize(1);
        assertThat(received("shop", "owner", first.run() + 1, 7).letters())
                .as("who counts by an earlier run has seen none of these")
                .hasSize(1);
        assertThat(received("shop", "owner", first.run(), first.last()).letters())
                .isEmpty();
        assertThat(isSent("shop", "owner", "asker", message(ANSWERED_HERE, "owner", 1, "")))
                .isTrue();
        assertThat(received("till", "asker", 0, 0).letters()).hasSize(1);
    }

    @Test
    void justAfterTheStartABoxThatIsNotThereMayStillCome() {
        assertThat(sent("till", "asker", "late", hello("late", 1, "asker"))).isEqualTo(LetterMessages.NOT_YET);
        LetterActs.announce(box("shop"), announcement("late", new Presence(ITEM, "late", 1, 4)));
        assertThat(sent("till", "asker", "late", hello("late", 1, "asker"))).isEqualTo(LetterMessages.PUT);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(sent("till", "asker", "gone", hello("gone", 1, "asker"))).isEqualTo(LetterMessages.NOT_PUT);
    }

    @Test
    void nobodyAsksWhatItMayNot() {
        assertThat(found(ITEM)).hasSize(1);
        fails(ErrorCode.PLAN, () -> found(SECRET));
        fails(ErrorCode.PLAN, () -> isSent("till", "asker", "owner", hello("owner", 2, "asker")));
        assertThat(isSent("till", "asker", "owner", hello("owner", 3, "asker")))
                .as("an answerer of which nobody knows for what")
                .isFalse();
        assertThat(received("shop", "owner", 0, 0).letters()).isEmpty();
    }

    @Test
    void nobodyAnswersOrAsksInTheNameOfAnother() {
        fails(
                ErrorCode.PLAN,
                () -> LetterActs.announce(box("till"), announcement("asker", new Presence(ITEM, "asker", 1, 1))));
        fails(
                ErrorCode.BAD_VALUE,
                () -> LetterActs.announce(box("shop"), announcement("other", new Presence(ITEM, "owner", 1, 1))));
        fails(ErrorCode.BAD_VALUE, () -> received("till", "owner", 0, 0));
        received("till", "asker", 0, 0);
        fails(ErrorCode.BAD_VALUE, () -> isSent("thief", "thief", "asker", message(ANSWERED_HERE, "owner", 1, "")));
        fails(ErrorCode.BAD_VALUE, () -> isSent("thief", "thief", "owner", hello("owner", 1, "asker")));
        fails(ErrorCode.BAD_VALUE, () -> isSent("thief", "thief", "asker", hello("owner", 1, "thief")));
        fails(ErrorCode.BAD_VALUE, () -> isSent("thief", "asker", "owner", hello("owner", 1, "asker")));
        fails(ErrorCode.BAD_VALUE, () -> isSent("thief", "thief", "asker", new byte[] {1, 2, 3}));
        LetterActs.leave(box("thief"), new WireOutput().text("owner").toBytes());
        assertThat(found(ITEM)).as("whose box a stranger wanted to end").hasSize(1);
        assertThat(received("till", "asker", 0, 0).letters()).isEmpty();
    }

    @Test
    void whatIsAnnouncedTakesThePlaceOfWhatWasBefore() {
        LetterActs.announce(box("shop"), announcement("owner", new Presence(ITEM, "owner", 3, 1)));
        assertThat(found(ITEM)).extracting(Presence::number).containsExactly(3L);
        assertThat(isSent("till", "asker", "owner", hello("owner", 1, "asker")))
                .as("to an answerer that is closed, which says so")
                .isTrue();
        LetterActs.leave(box("shop"), new WireOutput().text("owner").toBytes());
        assertThat(found(ITEM)).isEmpty();
        assertThat(isSent("till", "asker", "owner", hello("owner", 3, "asker"))).isFalse();
    }

    @Test
    void aBoxThatIsFullTakesNoMore() {
        LetterBox box = new LetterBox("shop");
        byte[] large = new byte[1 << 20];
        int put = 0;
        while (put < 100 && box.put(large, LEASE)) {
            put++;
        }
        assertThat(put).isEqualTo(15);
        assertThat(box.put(new byte[10], LEASE)).as("a small one").isTrue();
        LetterBox old = new LetterBox("shop");
        for (int i = 0; i < 100; i++) {
            assertThat(old.put(large, Duration.ZERO))
                    .as("those before are too old")
                    .isTrue();
        }
        LetterBox many = new LetterBox("shop");
        for (int i = 0; i < 10_000; i++) {
            assertThat(many.put(new byte[0], LEASE)).isTrue();
        }
        assertThat(many.put(new byte[0], LEASE)).isFalse();
    }
}
