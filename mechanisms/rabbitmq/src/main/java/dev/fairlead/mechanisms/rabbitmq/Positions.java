package dev.fairlead.mechanisms.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.input.LogLimits;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The positions of groups, each as the publishing id of a small stream: the server itself never lets it go back, and keeps it as it keeps
 * records. Safe for many threads.
 */
final class Positions {
    private static final String GROUP = ":group:";
    private static final String NAME = "position";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Map<String, String> SMALL =
            Map.of("max-length-bytes", "1000000", "stream-max-segment-size-bytes", "250000");

    private final Streams streams;
    private final Map<String, Noting> open = new ConcurrentHashMap<>();

    Positions(Streams streams) {
        this.streams = streams;
    }

    /** The publisher of one position. Used under its own lock. */
    private static final class Noting {
        private @Nullable ConfirmedPublisher publisher;
    }

    private static String stream(String logStream, String group) {
        return logStream + GROUP + (PLAIN.matcher(group).matches() ? group : digest(group));
    }

    /** Names that a stream cannot have are told apart by their digest. */
    private static String digest(String group) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(group.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw Failures.failure(ErrorCode.INTERNAL, "this Java runtime has no SHA-256", e);
        }
    }

    /** Notes the position, and returns it. */
    long commit(String logStream, String group, long next) {
        String stream = stream(logStream, group);
        Noting noting = open.computeIfAbsent(stream, any -> new Noting());
        synchronized (noting) {
            streams.create("the position of group " + group, stream, SMALL);
            long noted = streams.connection(null).sequence(NAME, stream) - 1;
            if (next < noted) {
                throw LogLimits.bad(
                        "group " + group + " of " + logStream + " is at " + noted + " and cannot go back to " + next);
            }
            if (next > noted) {
                note(noting, stream, next + 1);
            }
            return next;
        }
    }

    private void note(Noting noting, String stream, long id) {
        ConfirmedPublisher publisher = noting.publisher;
        if (publisher == null || publisher.isLost()) {
            publisher = ConfirmedPublisher.open(streams, stream, NAME);
            noting.publisher = publisher;
        }
        try {
            publisher.mark(Long.toString(id - 1), id);
        } catch (FairleadException failure) {
            publisher.close();
            noting.publisher = null;
            throw failure;
        }
    }

    Optional<Position> committed(String logStream, String group) {
        String stream = stream(logStream, group);
        if (!streams.exists(stream)) {
            return Optional.empty();
        }
        long id = streams.connection(null).sequence(NAME, stream);
        return id == 0 ? Optional.empty() : Optional.of(new Position(0, id - 1));
    }
}
