package dev.fairlead.examples.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.examples.demo.Services;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Plan;
import dev.fairlead.planner.PlanReader;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.testkit.DataFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where words are found in what carries the items: in its files, where it has some here, and in every record of every log. */
final class Traces {
    private static final int AT_ONCE = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Services services;
    private final Path data;

    /**
     * @param services whose items are searched
     * @param data where mechanisms without a server have their files
     */
    Traces(Services services, Path data) {
        this.services = services;
        this.data = data;
    }

    /** The files and logs that hold one of the words. */
    List<String> of(List<String> words) {
        Stream<String> files = Files.isDirectory(data)
                ? words.stream()
                        .flatMap(word -> DataFiles.holding(data, word).stream())
                        .map(file -> "file " + data.relativize(file))
                : Stream.of();
        return Stream.concat(files, logs(words)).distinct().toList();
    }

    private Stream<String> logs(List<String> words) {
        Plan plan = Objects.requireNonNull(PlanReader.read(services.plan()).plan());
        List<String> holding = new ArrayList<>();
        for (Share share : plan.items()) {
            if (share.content() instanceof Content.State || share.content() instanceof Content.Events) {
                String item = share.id().toString();
                if (holds((Log) services.carrier(item), item, words)) {
                    holding.add("log " + share.id());
                }
            }
        }
        return holding.stream();
    }

    private static boolean holds(Log log, String name, List<String> words) {
        long end = log.bounds(name, 0).end();
        try (LogReader reader = log.read(name, 0, 0)) {
            while (reader.next() < end) {
                List<LogRecord> records = reader.poll(AT_ONCE, PATIENCE).records();
                if (records.stream().anyMatch(record -> words.stream().anyMatch(word -> holds(record, word)))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean holds(LogRecord record, String word) {
        String bytes = new String(word.getBytes(UTF_8), ISO_8859_1);
        return Stream.of(record.key(), record.header(), record.payload())
                .anyMatch(part -> new String(part, ISO_8859_1).contains(bytes));
    }
}
