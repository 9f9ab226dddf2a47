package dev.fairlead.node.carrier;

import dev.fairlead.spi.Question;
import dev.fairlead.spi.wire.ContentDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One pass over all messages of a queue: takes out those of the digests, and collects the next ones in the order of their digests. A message
 * keeps its digest wherever it goes, so that none escapes between two passes.
 */
final class Erasing implements Predicate<Question> {
    private static final long MOST_BYTES = 8L << 20;
    private static final int MOST = 20_000;

    private final Set<ContentDigest> fitting;
    private final ContentDigest behind;
    private final TreeMap<ContentDigest, Question> next = new TreeMap<>();
    private long bytes;
    private boolean isMore;

    /** @param behind the digest after which messages are collected */
    Erasing(Set<ContentDigest> fitting, ContentDigest behind) {
        this.fitting = fitting;
        this.behind = behind;
    }

    @Override
    public boolean test(Question message) {
        ContentDigest digest = ContentDigest.of(message);
        if (fitting.contains(digest)) {
            return true;
        }
        if (digest.compareTo(behind) > 0 && !isBeyond(digest) && next.put(digest, message) == null) {
            bytes += message.size();
            limit();
        }
        return false;
    }

    private boolean isBeyond(ContentDigest digest) {
        return isMore && digest.compareTo(next.lastKey()) > 0;
    }

    private void limit() {
        while (next.size() > 1 && (bytes > MOST_BYTES || next.size() > MOST)) {
            Map.Entry<ContentDigest, Question> last = next.pollLastEntry();
            bytes -= last.getValue().size();
            isMore = true;
        }
    }

    /** Whether there are messages behind those that were collected. */
    boolean isMore() {
        return isMore;
    }

    List<Question> next() {
        return new ArrayList<>(next.values());
    }
}
