package dev.fairlead.cli;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.Expected;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Reading;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.Subscription;
import java.time.Duration;
import java.util.function.BiConsumer;

/** The code that docs/feeds.md shows; {@link FeedsPageTest} holds the two together and runs it. */
final class FeedsExample {
    private FeedsExample() {}

    // owner begins
    record Profile(String customerId, String name, String email, String country) {}

    static final StateItem<String, Profile> PROFILES = StateItem.of("profile.profile", String.class, Profile.class);

    static Receipt move(Owner<String, Profile> profiles, Profile known, String country) {
        return profiles.put(new Profile(known.customerId(), known.name(), known.email(), country));
    }

    /** Nothing is written when somebody else was first. */
    static boolean moveUnlessChanged(Owner<String, Profile> profiles, Profile known, long version, String country) {
        try {
            profiles.put(
                    new Profile(known.customerId(), known.name(), known.email(), country), Expected.version(version));
            return true;
        } catch (FairleadException e) {
            if (e.code() == ErrorCode.VERSION_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
    // owner ends

    // reader begins
    record Debtor(String customerId, String name, String country) {}

    static final StateItem<String, Debtor> DEBTORS = StateItem.of("profile.profile", String.class, Debtor.class);

    static String addressOf(Copy<String, Debtor> debtors, String customerId) {
        return switch (debtors.read(customerId)) {
            case Reading.Fresh<Debtor>(Debtor debtor, Mark mark) -> debtor.name() + ", " + debtor.country();
            case Reading.Stale<Debtor>(Debtor debtor, Mark mark, Duration age) ->
                debtor.name() + ", " + debtor.country() + ", as of " + age.toSeconds() + " s ago";
            case Reading.Absent<Debtor> absent -> "unknown";
            case Reading.Unready<Debtor> unready ->
                "not known yet: " + unready.health().state();
        };
    }
    // reader ends

    // receipt begins
    static String countryAfter(Copy<String, Debtor> debtors, String customerId, Receipt written) {
        return debtors.read(customerId, written, Duration.ofSeconds(10)) instanceof Reading.Fresh<Debtor> fresh
                ? fresh.value().country()
                : "unknown";
    }
    // receipt ends

    // changes begins
    static Subscription noteMoves(Copy<String, Debtor> debtors, BiConsumer<String, String> book) {
        return debtors.listen(change -> {
            switch (change) {
                case Change.Updated<String, Debtor>(String id, Debtor debtor, Mark mark, long skipped) ->
                    book.accept(id, debtor.country());
                case Change.Removed<String, Debtor> removed -> book.accept(removed.key(), "none");
                case Change.Erased<String, Debtor> erased -> book.accept(erased.key(), "erased");
            }
        });
    }
    // changes ends
}
