package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.SearchedFields;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.process.ParentJvm;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Claims a log with a field, and stands still in the middle of filling it in until it is killed. */
final class ClaimingChild {
    private ClaimingChild() {}

    /** @param arguments log, field, how many values it reads, and the settings, each with a {@code =} */
    public static void main(String[] arguments) {
        AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[2]));
        SearchedFields fields = new SearchedFields(Set.of(arguments[1]), payload -> {
            if (left.decrementAndGet() == 0) {
                ParentJvm.sayReady();
                ParentJvm.awaitWord();
            }
            return Map.of(arguments[1], new String(payload, UTF_8));
        });
        Map<String, String> settings = Stream.of(arguments)
                .skip(3)
                .map(setting -> setting.split("=", 2))
                .collect(toMap(setting -> setting[0], setting -> setting[1]));
        SqlMechanism.open(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM))
                .claim(arguments[0], "child", fields);
    }
}
