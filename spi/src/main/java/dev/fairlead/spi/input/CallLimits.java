package dev.fairlead.spi.input;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Question;
import org.jspecify.annotations.Nullable;

/** What a caller may ask, and an answerer say. What callers hand in fails with BAD_VALUE, and the message says what is allowed. */
public final class CallLimits {
    /** The most bytes of the questions to one item that wait for room. */
    public static final long MAX_WAITING_BYTES = 16L << 20;

    private CallLimits() {}

    /** How many questions an answerer holds at once. */
    public static void checkRoom(String item, int room) {
        if (room < 1 || room > Call.MAX_ROOM) {
            throw bad("an answerer of " + item + " has room for 1 to " + Call.MAX_ROOM + " questions, not " + room);
        }
    }

    /** A question. */
    public static void check(String item, Question question) {
        checkPart(item, "header", question.header(), Question.MAX_HEADER);
        checkPart(item, "payload", question.payload(), Question.MAX_PAYLOAD);
    }

    /** Whether an answerer may say this. */
    public static boolean allows(@Nullable Answer answer) {
        return switch (answer) {
            case null -> false;
            case Answer.Given given ->
                given.header().length <= Question.MAX_HEADER && given.payload().length <= Question.MAX_PAYLOAD;
            case Answer.Refused refused ->
                refused.header().length <= Question.MAX_HEADER
                        && refused.code().length() <= Answer.MAX_CODE
                        && refused.message().length() <= Answer.MAX_MESSAGE;
        };
    }

    private static void checkPart(String item, String name, byte[] part, int longest) {
        if (part.length > longest) {
            throw bad("a question to " + item + " has a " + name + " of at most " + longest + " bytes, not "
                    + part.length);
        }
    }

    private static FairleadException bad(String what) {
        return new FairleadException(ErrorCode.BAD_VALUE, what);
    }
}
