package dev.fairlead.spi.wire;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is said of a queue between a process that uses it and one that has it. */
public final class QueueMessages {
    /** The most messages that are sent, and the most that are settled, together. */
    public static final int MOST = 10_000;

    private static final int WORD = 40;
    private static final int LONGEST_DETAIL = 8_000;
    private static final int BYTES_OF_CHARACTER = 4;

    private QueueMessages() {}

    /**
     * A message that is sent.
     *
     * @param notBefore when it may be handed out; null for at once
     */
    public record Sending(Question message, @Nullable Instant notBefore) {}

    /**
     * A message that is handed out.
     *
     * @param hand names the hand-out, in the run of the process that did it
     */
    public record Handed(long hand, int attempt, Question message) {}

    /** What a receiver does with a message. */
    public enum Way {
        ACKNOWLEDGE,
        GIVE_BACK,
        HAND_BACK,
        SET_ASIDE
    }

    /**
     * What a receiver wants to be done with what it was handed.
     *
     * @param run that the hand-out was made in
     * @param delay for which it is given back
     * @param error why it is set aside
     */
    public record Settling(long run, long hand, Way way, Duration delay, String error) {}

    /**
     * What became of one of several things.
     *
     * @param reached how durable it is; nothing when it failed
     * @param code why it failed
     */
    public record Ended(Optional<Durability> reached, ErrorCode code, String detail) {
        /** One that worked. */
        public static Ended at(Durability reached) {
            return new Ended(Optional.of(reached), ErrorCode.INTERNAL, "");
        }

        /** One that failed. */
        public static Ended failed(FairleadException failure) {
            return new Ended(Optional.empty(), failure.code(), String.valueOf(failure.getMessage()));
        }

        /** Why it failed. */
        public FairleadException failure() {
            return new FairleadException(code, detail);
        }
    }

    private static <T> List<T> list(WireInput in, int most, Function<WireInput, T> one) {
        int number = in.count(most);
        List<T> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(one.apply(in));
        }
        return all;
    }

    /** Adds a message. */
    public static void message(WireOutput out, Question message) {
        out.bytes(message.header()).bytes(message.payload());
    }

    /** Takes a message. */
    public static Question message(WireInput in) {
        return new Question(in.bytes(Question.MAX_HEADER), in.bytes(Question.MAX_PAYLOAD));
    }

    /** Adds messages that are sent, in their order. */
    public static void sendings(WireOutput out, List<Sending> all) {
        out.count(all.size());
        for (Sending each : all) {
            Instant notBefore = each.notBefore();
            out.count(notBefore == null ? 0 : 1);
            if (notBefore != null) {
                out.moment(notBefore);
            }
            message(out, each.message());
        }
    }

    /** Takes messages that are sent. */
    public static List<Sending> sendings(WireInput in) {
        return list(in, MOST, each -> {
            Instant notBefore = each.count(1) == 0 ? null : each.moment();
            return new Sending(message(each), notBefore);
        });
    }

    /** Adds what became of things, in the order in which they were wanted. */
    public static void ended(WireOutput out, List<Ended> all) {
        out.count(all.size());
        for (Ended each : all) {
            out.count(each.reached().isPresent() ? 1 : 0);
            if (each.reached().isPresent()) {
                out.text(each.reached().get().name());
            } else {
                String detail = each.detail();
                out.text(each.code().name())
                        .text(detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL / BYTES_OF_CHARACTER)));
            }
        }
    }

    /** Takes what became of so many things. */
    public static List<Ended> ended(WireInput in, int wanted) {
        List<Ended> all = list(
                in,
                wanted,
                each -> each.count(1) == 1
                        ? Ended.at(LogMessages.durability(each))
                        : new Ended(Optional.empty(), code(each), each.text(LONGEST_DETAIL)));
        if (all.size() != wanted) {
            throw bad("of " + wanted + " things the outcome of " + all.size() + " was told", null);
        }
        return all;
    }

    private static ErrorCode code(WireInput in) {
        String name = in.text(WORD);
        try {
            return ErrorCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw bad("an error has a code that is not known here", e);
        }
    }

    /** Adds messages that are handed out. */
    public static void handed(WireOutput out, List<Handed> all) {
        out.count(all.size());
        for (Handed each : all) {
            out.number(each.hand()).count(each.attempt());
            message(out, each.message());
        }
    }

    /** Takes messages that are handed out. */
    public static List<Handed> handed(WireInput in) {
        return list(
                in, Queue.MAX_POLL, each -> new Handed(each.number(), each.count(Integer.MAX_VALUE), message(each)));
    }

    /** Adds what receivers want. */
    public static void settlings(WireOutput out, List<Settling> all) {
        out.count(all.size());
        for (Settling each : all) {
            out.number(each.run())
                    .number(each.hand())
                    .text(each.way().name())
                    .number(each.delay().toNanos())
                    .text(each.error());
        }
    }

    /** Takes what receivers want. */
    public static List<Settling> settlings(WireInput in) {
        return list(
                in,
                MOST,
                each -> new Settling(
                        each.number(),
                        each.number(),
                        way(each),
                        Duration.ofNanos(each.number()),
                        each.text(Delivered.MAX_ERROR * BYTES_OF_CHARACTER)));
    }

    private static Way way(WireInput in) {
        String name = in.text(WORD);
        try {
            return Way.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw bad("a message is settled in a way that is not known here", e);
        }
    }

    /** Dead letters, in their order. */
    public static byte[] letters(List<DeadLetter> all) {
        WireOutput out = new WireOutput().count(all.size());
        for (DeadLetter each : all) {
            out.number(each.number()).count(each.attempts()).text(each.error()).moment(each.since());
            message(out, each.message());
        }
        return out.toBytes();
    }

    /** Dead letters, in their order. */
    public static List<DeadLetter> letters(byte[] message) {
        WireInput in = new WireInput(message);
        List<DeadLetter> all = list(in, DeadLetters.MOST, each -> {
            long number = each.number();
            int attempts = each.count(Integer.MAX_VALUE);
            String error = each.text(Delivered.MAX_ERROR * BYTES_OF_CHARACTER);
            Instant since = each.moment();
            return new DeadLetter(number, message(each), attempts, error, since);
        });
        in.end();
        return all;
    }

    /** Dismissals, in their order. */
    public static byte[] dismissals(List<Dismissal> all) {
        WireOutput out = new WireOutput().count(all.size());
        all.forEach(each -> out.number(each.number()).text(each.reason()).moment(each.time()));
        return out.toBytes();
    }

    /** Dismissals, in their order. */
    public static List<Dismissal> dismissals(byte[] message) {
        WireInput in = new WireInput(message);
        List<Dismissal> all = list(
                in,
                DeadLetters.MOST,
                each -> new Dismissal(
                        each.number(), each.text(DeadLetters.MAX_REASON * BYTES_OF_CHARACTER), each.moment()));
        in.end();
        return all;
    }

    private static FairleadException bad(String what, @Nullable Throwable cause) {
        return new FairleadException(ErrorCode.BAD_VALUE, "what another process sent cannot be read: " + what, cause);
    }
}
