package dev.fairlead.mechanisms.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A log whose records are texts, at a node. */
final class Entries {
    static final String LOG = "shop.sale";
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private Entries() {}

    static HttpMechanism open(int port, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("url", "http://127.0.0.1:" + port);
        return HttpMechanism.open(new MechanismOpening(settings, Path.of(""), TimeSource.SYSTEM));
    }

    static LogWriter claimed(HttpMechanism mechanism) {
        mechanism.define(new LogDefinition(LOG, new Retention.LatestPerKey(), Durability.D2));
        return mechanism.claim(LOG, "test");
    }

    static List<LogEntry> entry(String value) {
        return List.of(new LogEntry("k".getBytes(UTF_8), new byte[0], value.getBytes(UTF_8)));
    }

    /** Appends, and returns where it stands. */
    static long append(LogWriter writer, String value) throws Exception {
        return writer.append(0, entry(value))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .first()
                .offset();
    }

    /** The next so many values. */
    static List<String> values(LogReader reader, int number) {
        List<String> values = new ArrayList<>();
        long begin = System.nanoTime();
        while (values.size() < number && System.nanoTime() - begin < PATIENCE.toNanos()) {
            reader.poll(number - values.size(), PATIENCE)
                    .records()
                    .forEach(record -> values.add(new String(record.payload(), UTF_8)));
        }
        return values;
    }
}
