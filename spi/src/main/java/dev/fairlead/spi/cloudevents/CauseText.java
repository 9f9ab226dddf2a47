package dev.fairlead.spi.cloudevents;

import dev.fairlead.api.Cause;
import dev.fairlead.api.Position;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cause as text: {@code item@partition:offset} for a record, {@code item?key} for a question. */
final class CauseText {
    private static final Pattern WRITTEN = Pattern.compile("([a-z][a-z0-9.-]{0,99})@(\\d{1,9}):(\\d{1,18})");
    private static final Pattern QUESTION = Pattern.compile("([a-z][a-z0-9.-]{0,99})\\?([0-9a-f-]{36})");

    private CauseText() {}

    static String of(Cause cause) {
        return cause.toString();
    }

    /** Fails with an IllegalArgumentException when it is none. */
    static Cause parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (written.matches()) {
            return new Cause.Written(
                    written.group(1),
                    new Position(Integer.parseInt(written.group(2)), Long.parseLong(written.group(3))));
        }
        Matcher question = QUESTION.matcher(text);
        if (question.matches()) {
            return new Cause.Question(question.group(1), UUID.fromString(question.group(2)));
        }
        throw new IllegalArgumentException("neither item@partition:offset nor item?key");
    }
}
