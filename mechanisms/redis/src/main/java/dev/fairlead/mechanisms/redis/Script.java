package dev.fairlead.mechanisms.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The scripts that run in the server, each as one step that nobody sees the middle of. Those that only read work also when its memory is
 * full, and those that make room or take little.
 */
enum Script {
    CALL_ANNOUNCE(Flags.SMALL),
    CALL_FIND(Flags.READS),
    CALL_SEND(Flags.NONE),
    CALL_RECEIVE(Flags.SMALL),
    CALL_LEAVE(Flags.SMALL),
    LOG_DEFINE(Flags.NONE),
    LOG_FIND(Flags.READS),
    LOG_CLAIM(Flags.SMALL),
    LOG_APPEND(Flags.NONE),
    LOG_RESUME(Flags.SMALL),
    LOG_BEAT(Flags.SMALL),
    LOG_BOUNDS(Flags.READS),
    LOG_PAGE(Flags.READS),
    LOG_LATEST(Flags.READS),
    LOG_COMMIT(Flags.SMALL),
    LOG_COMMITTED(Flags.READS),
    LOG_TRIM(Flags.SMALL),
    LOG_BEGIN(Flags.SMALL),
    LOG_COPY(Flags.NONE),
    QUEUE_DEFINE(Flags.NONE),
    QUEUE_FIND(Flags.READS),
    QUEUE_SEND(Flags.NONE),
    QUEUE_TAKE(Flags.SMALL),
    QUEUE_SETTLE(Flags.SMALL),
    QUEUE_LEAVE(Flags.SMALL),
    QUEUE_DEPTH(Flags.READS),
    QUEUE_LETTERS(Flags.READS),
    QUEUE_REDRIVE(Flags.SMALL),
    QUEUE_DISMISS(Flags.SMALL),
    QUEUE_DISMISSALS(Flags.READS),
    QUEUE_SCAN(Flags.READS),
    QUEUE_REMOVE(Flags.SMALL),
    SERVER_PROBE(Flags.SMALL);

    private static final byte[] ONE = Words.of("1");

    private final byte[] text;
    private final byte[] digest;

    private static final class Flags {
        static final String NONE = "";
        static final String READS = "no-writes";
        static final String SMALL = "allow-oom";
    }

    Script(String flags) {
        String[] name = name().toLowerCase(Locale.ROOT).split("_", 2);
        String body = "#!lua flags=" + flags + "\n" + resource(name[0] + "/common.lua")
                + resource(name[0] + "/" + name[1] + ".lua");
        this.text = Words.of(body);
        this.digest = Words.of(HexFormat.of().formatHex(sha1(text)));
    }

    private static String resource(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no script " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs it on what the key names. The server may have forgotten it, and then has not run it. */
    Reply run(Connection connection, byte[] key, Words arguments) {
        try {
            return run(connection, Protocol.Command.EVALSHA, digest, key, arguments);
        } catch (JedisNoScriptException forgotten) {
            return run(connection, Protocol.Command.EVAL, text, key, arguments);
        }
    }

    private static Reply run(
            Connection connection, Protocol.Command command, byte[] script, byte[] key, Words arguments) {
        byte[][] rest = arguments.all();
        byte[][] words = new byte[rest.length + 3][];
        words[0] = script;
        words[1] = ONE;
        words[2] = key;
        System.arraycopy(rest, 0, words, 3, rest.length);
        connection.sendCommand(command, words);
        return Reply.of(connection.getOne());
    }
}
