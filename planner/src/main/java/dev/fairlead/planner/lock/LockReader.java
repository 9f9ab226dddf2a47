package dev.fairlead.planner.lock;

import dev.fairlead.planner.Finding;
import dev.fairlead.planner.Place;
import dev.fairlead.planner.Rule;
import dev.fairlead.planner.Severity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a lock line by line; the first line that is not as it was written ends it, so that nothing is half believed. */
final class LockReader {
    /** Bytes of a lock: room for some 100,000 items. */
    private static final long LARGEST = 64L << 20;

    private static final String ITEM_ID = "[a-z][a-z0-9-]{0,47}\\.[a-z][a-z0-9-]{0,47}";
    private static final Pattern ITEM = Pattern.compile("item (" + ITEM_ID + ")");
    private static final Pattern VERSION = Pattern.compile("  version (\\d{1,6}) ([0-9a-f]{64})");
    private static final Pattern PLACE = Pattern.compile("  (topic|table|queue) ([a-z0-9.-]{1,100})");
    private static final Pattern PARTITIONS = Pattern.compile("  partitions (\\d{1,6})");
    private static final Pattern READER =
            Pattern.compile("  reader ([a-z][a-z0-9-]{0,47}) ((?:feed|request|events) on [a-z][a-z0-9-]{0,47})");
    private static final Pattern METRIC = Pattern.compile("metric ([A-Za-z]{1,40}) (\\d{1,15}(?:\\.\\d{1,9})?)");

    private final Path file;
    private final TreeMap<String, LockedItem> items = new TreeMap<>();
    private final TreeMap<String, Double> metrics = new TreeMap<>();
    private @Nullable String id;
    private List<String> versions = new ArrayList<>();
    private TreeMap<String, String> places = new TreeMap<>();
    private TreeMap<String, String> readers = new TreeMap<>();
    private int partitions;

    private LockReader(Path file) {
        this.file = file;
    }

    static LockResult read(Path file) {
        return Files.exists(file) ? new LockReader(file).read() : new LockResult(null, List.of());
    }

    private LockResult read() {
        int number = 0;
        try {
            if (Files.size(file) > LARGEST) {
                return fault(1, "the lock is larger than 64 MiB");
            }
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                boolean isBegun = false;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (line.startsWith("#") || line.isBlank()) {
                        continue;
                    }
                    if (!isBegun && !line.equals("lock 1")) {
                        return fault(number, "this is not a lock that this version can read");
                    }
                    if (isBegun && !take(line)) {
                        return fault(number, "this line is not as it was written");
                    }
                    isBegun = true;
                }
                return isBegun && end()
                        ? new LockResult(new Lock(items, metrics), List.of())
                        : fault(Math.max(1, number), "the lock ends too early");
            }
        } catch (CharacterCodingException wrong) {
            return fault(number + 1, "this is not UTF-8");
        } catch (IOException failed) {
            return fault(1, "this cannot be read: " + failed.getClass().getSimpleName());
        }
    }

    private boolean take(String line) {
        Matcher item = ITEM.matcher(line);
        if (item.matches()) {
            boolean isWhole = end();
            id = item.group(1);
            return isWhole && !items.containsKey(id);
        }
        Matcher metric = METRIC.matcher(line);
        if (metric.matches()) {
            return metrics.put(metric.group(1), Double.valueOf(metric.group(2))) == null;
        }
        return id != null && takeOfItem(line);
    }

    private boolean takeOfItem(String line) {
        Matcher version = VERSION.matcher(line);
        if (version.matches()) {
            versions.add(version.group(2));
            return Integer.parseInt(version.group(1)) == versions.size();
        }
        Matcher place = PLACE.matcher(line);
        if (place.matches()) {
            return places.put(place.group(1), place.group(2)) == null;
        }
        Matcher count = PARTITIONS.matcher(line);
        if (count.matches()) {
            boolean isFirst = partitions == 0;
            partitions = Integer.parseInt(count.group(1));
            return isFirst && partitions > 0;
        }
        Matcher reader = READER.matcher(line);
        return reader.matches() && readers.put(reader.group(1), reader.group(2)) == null;
    }

    /** Ends the item that is being read; false when something of it is missing. */
    private boolean end() {
        if (id == null) {
            return true;
        }
        boolean isWhole = !versions.isEmpty() && partitions > 0;
        items.put(id, new LockedItem(versions, places, partitions, readers));
        id = null;
        versions = new ArrayList<>();
        places = new TreeMap<>();
        readers = new TreeMap<>();
        partitions = 0;
        return isWhole;
    }

    private LockResult fault(int line, String what) {
        Place place = new Place(file.toString().replace('\\', '/'), line, 1);
        return new LockResult(
                null,
                List.of(new Finding(
                        Rule.BAD_LOCK,
                        Severity.ERROR,
                        what + " (restore it, or remove it and run `fairlead plan --write-lock`)",
                        place)));
    }
}
