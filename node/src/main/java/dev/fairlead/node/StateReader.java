package dev.fairlead.node;

import dev.fairlead.api.Health;
import dev.fairlead.api.HealthState;
import dev.fairlead.api.Lookup;
import dev.fairlead.api.Mark;
import dev.fairlead.api.Reading;
import dev.fairlead.engine.documents.Document;
import dev.fairlead.planner.WhenStale;
import java.time.Duration;
import java.util.Optional;

/** Reads a state item for one caller: with its fields only, and as fresh as its plan asks. */
final class StateReader {
    private final ServedState state;
    private final Grant grant;
    private final Sight sight;

    StateReader(ServedState state, Grant grant, Sight sight) {
        this.state = state;
        this.grant = grant;
        this.sight = sight;
    }

    /**
     * The value of the key, or nothing when it surely has none that the caller may see.
     *
     * @throws Problem with STALE when it is older than the caller allows and its plan refuses that, with NOT_READY when nothing can be said
     */
    Optional<Answered> read(String key) {
        if (wantsCurrent() && state.lookup() != null) {
            return looked(state.lookup().read(key));
        }
        Reading<Document> reading = state.copy().read(key);
        Health health = state.copy().health();
        return switch (reading) {
            case Reading.Fresh<Document>(Document value, Mark mark)
            when isYoungEnough(health.age()) -> answered(value, mark, health.age(), health.state());
            case Reading.Fresh<Document>(Document value, Mark mark) -> doubted(key, value, mark, health);
            case Reading.Stale<Document>(Document value, Mark mark, Duration age)
            when isYoungEnough(age) && health.gaps().isEmpty() -> answered(value, mark, age, HealthState.LIVE);
            case Reading.Stale<Document>(Document value, Mark mark, Duration age) -> doubted(key, value, mark, health);
            case Reading.Absent<Document> absent when isYoungEnough(health.age()) -> Optional.empty();
            case Reading.Absent<Document> absent -> denied(key, health);
            case Reading.Unready<Document> unready -> denied(key, health);
        };
    }

    private boolean wantsCurrent() {
        return grant.within().filter(Duration::isZero).isPresent();
    }

    private boolean isYoungEnough(Duration age) {
        return grant.within()
                .map(within -> wantsCurrent() || age.compareTo(within) <= 0)
                .orElse(true);
    }

    /** There is a value, and the copy cannot vouch for it. */
    private Optional<Answered> doubted(String key, Document value, Mark mark, Health health) {
        if (grant.whenStale() == WhenStale.SERVE) {
            return answered(value, mark, health.age(), health.state());
        }
        if (grant.whenStale() == WhenStale.ASK_OWNER && state.lookup() != null) {
            return looked(state.lookup().read(key));
        }
        throw new Problem(
                ProblemType.STALE,
                "the copy of " + state.share().id() + " is " + health.state() + ", " + health.age()
                        + " old, and the plan allows "
                        + grant.within().map(Duration::toString).orElse("any age") + " and says when-stale: "
                        + (grant.whenStale() == WhenStale.REFUSE
                                ? "refuse"
                                : "ask-owner, which this mechanism cannot"));
    }

    /** No value is here, and the copy cannot vouch for that. */
    private Optional<Answered> denied(String key, Health health) {
        Lookup<String, Document> lookup = state.lookup();
        if (lookup != null) {
            return looked(lookup.read(key));
        }
        throw new Problem(
                ProblemType.NOT_READY,
                "the copy of " + state.share().id() + " is " + health.state() + " and cannot tell whether the key has a"
                        + " value");
    }

    private Optional<Answered> looked(Reading<Document> reading) {
        return reading instanceof Reading.Fresh<Document>(Document value, Mark mark)
                ? answered(value, mark, Duration.ZERO, HealthState.LIVE)
                : Optional.empty();
    }

    private Optional<Answered> answered(Document value, Mark mark, Duration age, HealthState health) {
        return sight.of(value).map(content -> new Answered(content, mark, age, health));
    }
}
