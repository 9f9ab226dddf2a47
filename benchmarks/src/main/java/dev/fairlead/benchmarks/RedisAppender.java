package dev.fairlead.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.input.Credentials;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** Jedis on a stream: each batch of XADD is one pipeline, whose replies are awaited, and pages of 1,000 are read. */
final class RedisAppender implements Appender {
    private static final byte[] KEY = "key".getBytes(UTF_8);
    private static final byte[] HEADER = "header".getBytes(UTF_8);
    private static final byte[] DATA = "data".getBytes(UTF_8);
    private static final byte[] LAST = "+".getBytes(UTF_8);
    private static final int PORT = 6379;
    private static final int PAGE = 1000;
    private static final long PAUSE_NANOS = 100_000;

    private final Jedis writing;
    private final Jedis reading;
    private final byte[] stream;
    private final Records records;
    private volatile long next;

    RedisAppender(ServerPlace place, String stream, Records records) {
        this.writing = connect(place);
        this.reading = connect(place);
        this.stream = stream.getBytes(UTF_8);
        this.records = records;
    }

    private static Jedis connect(ServerPlace place) {
        URI url = URI.create(place.url());
        Credentials credentials = place.credentials();
        return new Jedis(
                new HostAndPort(url.getHost(), url.getPort() < 0 ? PORT : url.getPort()),
                DefaultJedisClientConfig.builder()
                        .user(credentials.user())
                        .password(credentials.password())
                        .build());
    }

    @Override
    public void append(List<LogEntry> batch) {
        List<Response<byte[]>> replies = new ArrayList<>(batch.size());
        Pipeline pipeline = writing.pipelined();
        long number = next;
        for (LogEntry entry : batch) {
            Map<byte[], byte[]> fields = new LinkedHashMap<>();
            fields.put(KEY, entry.key());
            fields.put(HEADER, entry.header());
            fields.put(DATA, entry.payload());
            replies.add(pipeline.xadd(stream, XAddParams.xAddParams().id(new StreamEntryID(1, number++)), fields));
        }
        pipeline.sync();
        replies.forEach(Response::get); // fails where the server has refused
        next = number;
    }

    @Override
    public void follow(long wanted) {
        long number = 0;
        while (number < wanted) {
            long before = number;
            number = page(before, Records.Look.BOTH_ENDS);
            if (number == before) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    public long replay(Records.Look look) {
        long number = 0;
        while (number < next) {
            number = page(number, look);
        }
        return number;
    }

    private long page(long from, Records.Look look) {
        long number = from;
        for (Object entry : reading.xrange(stream, ("1-" + from).getBytes(UTF_8), LAST, PAGE)) {
            List<?> fields = (List<?>) ((List<?>) entry).get(1);
            records.verify(number, new LogRecord(number, bytes(fields, 1), bytes(fields, 3), bytes(fields, 5)), look);
            number++;
        }
        return number;
    }

    private static byte[] bytes(List<?> fields, int at) {
        return (byte[]) fields.get(at);
    }

    @Override
    public void close() {
        writing.del(stream);
        writing.close();
        reading.close();
    }
}
