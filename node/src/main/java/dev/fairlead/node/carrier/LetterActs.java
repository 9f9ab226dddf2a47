package dev.fairlead.node.carrier;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.calling.CallParties;
import dev.fairlead.spi.calling.Presence;
import dev.fairlead.spi.wire.LetterMessages;
import dev.fairlead.spi.wire.LetterMessages.Announcement;
import dev.fairlead.spi.wire.LetterMessages.Letter;
import dev.fairlead.spi.wire.WireInput;
import dev.fairlead.spi.wire.WireOutput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What those who ask and answer can do with their letter boxes. Each message names first the address of the box that the caller has; nobody
 * announces or writes in the name of another.
 */
public final class LetterActs {
    private static final int LONGEST_NAME = 400;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private LetterActs() {}

    /** What the caller may do; both fail unless it may. */
    public interface Permission {
        /** Asks the item. */
        void ask(String item);

        /** Answers for the item. */
        void answer(String item);
    }

    /** Whose letters these are. */
    public record Box(Carrier carrier, Place place, Permission permission) {
        private Letters letters() {
            return carrier.letters(place.space());
        }
    }

    private static String address(WireInput in) {
        String address = in.text(LetterMessages.LONGEST_ADDRESS);
        if (address.isEmpty()) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "a letter box has an address");
        }
        return address;
    }

    /** Lets answerers be found; an announcement, and nothing. */
    public static byte[] announce(Box box, byte[] message) {
        WireInput in = new WireInput(message);
        String address = address(in);
        Announcement announcement = LetterMessages.announcement(in);
        in.end();
        for (Presence each : announcement.all()) {
            box.permission().answer(each.item());
            if (!each.address().equals(address)) {
                throw stranger();
            }
        }
        box.letters().announce(address, box.place().caller(), announcement.all(), announcement.lease());
        return new byte[0];
    }

    /** Who answers; an item, and presences. */
    public static byte[] find(Box box, byte[] message) {
        WireInput in = new WireInput(message);
        address(in);
        String item = in.text(LONGEST_NAME);
        in.end();
        box.permission().ask(item);
        WireOutput out = new WireOutput();
        LetterMessages.presences(out, box.letters().answering(item));
        return out.toBytes();
    }

    /** Sends letters; these, and of each whether it was put into its box, or may be soon. */
    public static byte[] send(Box box, byte[] message) {
        WireInput in = new WireInput(message);
        String address = address(in);
        List<Letter> all = LetterMessages.letters(in);
        in.end();
        Letters letters = box.letters();
        letters.own(address, box.place().caller());
        List<Boolean> known = all.stream()
                .map(each -> isKnown(box, letters, address, each))
                .toList(); // before any is put, since what may not be sent fails the call
        WireOutput out = new WireOutput();
        for (int i = 0; i < all.size(); i++) {
            Letter letter = all.get(i);
            LetterBox to = letters.find(letter.to());
            out.count(to != null && known.get(i) ? put(to, letter) : missing(letters));
        }
        return out.toBytes();
    }

    private static int put(LetterBox to, Letter letter) {
        return to.put(letter.message(), letter.keep()) ? LetterMessages.PUT : LetterMessages.NOT_PUT;
    }

    private static int missing(Letters letters) {
        return letters.areNew() ? LetterMessages.NOT_YET : LetterMessages.NOT_PUT;
    }

    /** Whether it goes from an answerer that names itself, or from an asker that names itself to an answerer that it may ask. */
    private static boolean isKnown(Box box, Letters letters, String own, Letter letter) {
        CallParties parties = CallParties.of(letter.message());
        String asker = parties.asker();
        boolean isOwn = asker == null
                ? parties.address().equals(own)
                : asker.equals(own) && parties.address().equals(letter.to());
        if (!isOwn) {
            throw stranger();
        }
        if (asker == null) {
            return true;
        }
        Optional<String> item = letters.item(parties.address(), parties.number());
        item.ifPresent(box.permission()::ask);
        return item.isPresent();
    }

    private static FairleadException stranger() {
        return new FairleadException(ErrorCode.BAD_VALUE, "who asks or answers names the letter box that is its own");
    }

    /** What came in; run and number of the last that came before, and patience in milliseconds, and letters. */
    public static byte[] receive(Box box, byte[] message) {
        WireInput in = new WireInput(message);
        String address = address(in);
        long run = in.number();
        long number = in.number();
        Duration wait = Duration.ofMillis(in.count((int) LONGEST_WAIT.toMillis()));
        in.end();
        return LetterMessages.received(
                box.letters().own(address, box.place().caller()).receive(run, number, wait));
    }

    /** Ends a letter box; nothing, and nothing. */
    public static byte[] leave(Box box, byte[] message) {
        WireInput in = new WireInput(message);
        String address = address(in);
        in.end();
        box.letters().leave(address, box.place().caller());
        return new byte[0];
    }
}
