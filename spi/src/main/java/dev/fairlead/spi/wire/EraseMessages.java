package dev.fairlead.spi.wire;

import dev.fairlead.spi.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How messages are taken out of a queue by a process that has them judged elsewhere: the next ones are shown, and the judgement is by digest. */
public final class EraseMessages {
    private static final int MOST = 1_000_000;

    private EraseMessages() {}

    /**
     * What is wanted of one pass.
     *
     * @param fitting are taken out
     * @param behind the digest after which messages are shown, in the order of their digests
     */
    public record Wanted(Set<ContentDigest> fitting, ContentDigest behind) {}

    /**
     * What one pass brought.
     *
     * @param erased how many messages it took out
     * @param isMore whether more messages are behind those that are shown
     * @param next in the order of their digests, each content once
     */
    public record Found(long erased, boolean isMore, List<Question> next) {}

    /** Adds what is wanted. */
    public static void wanted(WireOutput out, Wanted wanted) {
        out.count(wanted.fitting().size());
        wanted.fitting().forEach(each -> digest(out, each));
        digest(out, wanted.behind());
    }

    private static void digest(WireOutput out, ContentDigest digest) {
        out.number(digest.high()).number(digest.low());
    }

    /** Takes what is wanted. */
    public static Wanted wanted(WireInput in) {
        int number = in.count(MOST);
        Set<ContentDigest> fitting = new HashSet<>();
        for (int i = 0; i < number; i++) {
            fitting.add(digest(in));
        }
        return new Wanted(fitting, digest(in));
    }

    private static ContentDigest digest(WireInput in) {
        return new ContentDigest(in.number(), in.number());
    }

    /** What a pass brought. */
    public static byte[] found(Found found) {
        WireOutput out = new WireOutput()
                .number(found.erased())
                .count(found.isMore() ? 1 : 0)
                .count(found.next().size());
        found.next().forEach(each -> QueueMessages.message(out, each));
        return out.toBytes();
    }

    /** What a pass brought. */
    public static Found found(WireInput in) {
        long erased = in.number();
        boolean isMore = in.count(1) == 1;
        int number = in.count(MOST);
        List<Question> next = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            next.add(QueueMessages.message(in));
        }
        in.end();
        return new Found(erased, isMore, next);
    }
}
