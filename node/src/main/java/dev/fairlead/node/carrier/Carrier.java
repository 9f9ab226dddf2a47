package dev.fairlead.node.carrier;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.MechanismProvider;
import dev.fairlead.spi.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The openings of the node's embedded store that other processes have. Safe for many threads.
 *
 * <p>An opening is made at its first use and ends when it is closed, or was not used for a minute; the next use makes it anew, so that its
 * holder does not notice a restart of the node. One that receives messages ends, and they come again, when its holder is not heard of for a
 * quarter of a minute: a process that was killed would otherwise hold them until their leases are over, and those too that its last poll gets. A space is a store apart, for proofs and demos, which can be taken away.
 */
public final class Carrier implements AutoCloseable {
    private static final String EMBEDDED = "embedded";
    private static final String DATA = "data";
    private static final int MOST_OPENINGS = 1_000;
    private static final int MOST_SPACES = 16;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final Map<String, String> settings;
    private final Path data;
    private final TimeSource time;
    private final LongSupplier nanos;
    private final Map<Place, Opening> openings = new HashMap<>();
    private final LetterSpaces letters;
    private final Map<String, ToldTime> told = new HashMap<>();
    private boolean closed;

    /**
     * @param settings of the embedded mechanism; where its data are is not taken from there
     * @param data the node's folder
     * @param letters of those who ask and answer; closed with this
     */
    public Carrier(Map<String, String> settings, Path data, TimeSource time, LetterSpaces letters) {
        this(settings, data, time, letters, System::nanoTime);
    }

    /** @param nanos by which openings end that nobody uses */
    Carrier(Map<String, String> settings, Path data, TimeSource time, LetterSpaces letters, LongSupplier nanos) {
        this.settings = Map.copyOf(settings);
        this.data = data.toAbsolutePath();
        this.time = time;
        this.letters = letters;
        this.nanos = nanos;
    }

    /** Does the work on the opening, which does not end by itself meanwhile. */
    public <T> T use(Place place, Function<Opening, T> work) {
        Opening opening = begin(place);
        try {
            return work.apply(opening);
        } finally {
            opening.finish();
        }
    }

    /** It is so late now on the space; one that is told this before its first use goes by nothing else. */
    public synchronized void tell(String space, ToldTime.Moment moment) {
        if (!told.containsKey(space)) {
            told.keySet().removeIf(each -> !isUsed(each));
        }
        told.computeIfAbsent(space, absent -> new ToldTime(moment)).tell(moment);
    }

    private boolean isUsed(String space) {
        return openings.keySet().stream().anyMatch(place -> place.space().equals(space));
    }

    /** The holder of the opening lives, and says how late it is on its space, or says nothing of that; nothing happens where there is none. */
    public synchronized void hear(Place place, ToldTime.@Nullable Moment moment) {
        Opening opening = openings.get(place);
        if (opening == null) {
            return;
        }
        opening.hear();
        ToldTime time = told.get(place.space());
        if (time != null && moment != null) {
            time.tell(moment);
        }
    }

    private TimeSource time(String space) {
        return space.isEmpty() ? TimeSource.SYSTEM : Objects.requireNonNullElse(told.get(space), time);
    }

    /** The letter boxes of those who ask and answer on the space. */
    Letters letters(String space) {
        return letters.of(space);
    }

    private synchronized Opening begin(Place place) {
        if (closed) {
            throw new FairleadException(ErrorCode.CLOSED, "the node is stopping");
        }
        endUnused(place);
        Opening opening = openings.get(place);
        if (opening == null) {
            refuseTooMany(place);
            opening = new Opening(opened(place.space()), nanos);
            openings.put(place, opening);
        }
        opening.begin();
        return opening;
    }

    private void refuseTooMany(Place place) {
        long spaces = Stream.concat(openings.keySet().stream(), Stream.of(place))
                .map(Place::space)
                .distinct()
                .count();
        if (openings.size() >= MOST_OPENINGS || spaces > MOST_SPACES) {
            throw new FairleadException(ErrorCode.UNREACHABLE, "the node has as many openings as it takes");
        }
    }

    private void endUnused(Place current) {
        List<Place> unused = openings.entrySet().stream()
                .filter(each -> !each.getKey().equals(current))
                .filter(each -> each.getValue().isIdle(IDLE) || each.getValue().isSilent(SILENCE))
                .map(Map.Entry::getKey)
                .toList();
        unused.forEach(this::end);
    }

    private Mechanism opened(String space) {
        Map<String, String> merged = new HashMap<>(settings);
        merged.put(DATA, folder(space).toString());
        return ServiceLoader.load(MechanismProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(EMBEDDED))
                .findFirst()
                .orElseThrow(() ->
                        new FairleadException(ErrorCode.INTERNAL, "the embedded mechanism is not on the class path"))
                .open(new MechanismOpening(merged, data, time(space)));
    }

    private Path folder(String space) {
        return space.isEmpty() ? data : data.resolve("spaces").resolve(space);
    }

    /** Ends the opening; nothing happens where there is none. */
    public synchronized void end(Place place) {
        Opening opening = openings.remove(place);
        if (opening != null) {
            opening.close();
        }
    }

    /** Takes a space away with all that is in it, whoever has it open. */
    public synchronized void remove(String space) {
        if (space.isEmpty()) {
            throw new IllegalArgumentException("the node's own store is no space");
        }
        openings.keySet().stream()
                .filter(place -> place.space().equals(space))
                .toList()
                .forEach(this::end);
        told.remove(space);
        letters.remove(space);
        Path folder = folder(space);
        try (Stream<Path> found = Files.exists(folder) ? Files.walk(folder) : Stream.<Path>empty()) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new FairleadException(ErrorCode.STORAGE_ACCESS, "the space " + space + " cannot be taken away", e);
        }
    }

    @Override
    public void close() {
        List<Opening> open;
        synchronized (this) {
            closed = true;
            open = new ArrayList<>(openings.values());
            openings.clear();
            letters.close();
        }
        open.forEach(Opening::close);
    }
}
