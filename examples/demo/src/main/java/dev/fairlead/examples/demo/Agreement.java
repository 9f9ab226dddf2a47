package dev.fairlead.examples.demo;

import dev.fairlead.api.Copy;
import dev.fairlead.api.Digest;
import dev.fairlead.api.Owner;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An owner's digest beside a copy's.
 *
 * @param copy whose copy it is
 * @param owned the owner's digest
 * @param held the copy's digest
 */
public record Agreement(String copy, Digest owned, Digest held) {
    public static final String DIGESTS_AGREE = "digestsAgree";
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** Compares them once the copy has come as far as the owner; nothing may be written meanwhile. */
    public static Agreement of(Follows follows, Owner<?, ?> owner, Patience patience) throws InterruptedException {
        Copy<?, ?> copy = follows.copy();
        Digest owned = owner.digest();
        patience.until(
                LONGEST,
                () -> copy.digest().sequence() >= owned.sequence()
                        && copy.health().gaps().isEmpty());
        return new Agreement(follows.toString(), owned, copy.digest());
    }

    public boolean agrees() {
        return owned.equals(held);
    }

    /** Passes when all agree. */
    public static DemoResult.Check judge(List<Agreement> all) {
        List<Agreement> broken = all.stream().filter(each -> !each.agrees()).toList();
        String detail = broken.isEmpty()
                ? all.size() + " copies hold what their owners hold"
                : broken.stream()
                        .map(each -> each.copy() + " holds " + each.held() + ", its owner " + each.owned())
                        .collect(Collectors.joining("; "));
        return new DemoResult.Check(DIGESTS_AGREE, !all.isEmpty() && broken.isEmpty(), detail);
    }
}
