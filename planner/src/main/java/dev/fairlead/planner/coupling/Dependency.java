package dev.fairlead.planner.coupling;

import dev.fairlead.planner.Decision;
import dev.fairlead.planner.Need;
import dev.fairlead.planner.Scenario;
import dev.fairlead.planner.Share;
import dev.fairlead.planner.Waiting;

/** One need as it was decided: who depends on whom through what, and whether the reader waits. */
record Dependency(Need need, Share share, Edge.Mode mode) {

    static Dependency of(Decision decision, Share share) {
        return new Dependency(decision.need(), share, mode(decision, share));
    }

    private static Edge.Mode mode(Decision decision, Share share) {
        if (decision.need().direct() != null) {
            return Edge.Mode.STORE;
        }
        return switch (decision.scenario()) {
            case FEED -> Edge.Mode.FEED;
            case EVENTS -> Edge.Mode.EVENT;
            case REQUEST -> Waiting.isFor(share, Scenario.REQUEST) ? Edge.Mode.SYNC : Edge.Mode.EVENT;
        };
    }

    String reader() {
        return need.reader();
    }

    String owner() {
        return need.item().owner();
    }

    Edge edge() {
        return new Edge(reader(), owner(), mode);
    }

    /** Whether the reader waits for the owner, or for the owner's database. */
    boolean isWaiting() {
        return mode == Edge.Mode.SYNC || mode == Edge.Mode.STORE;
    }
}
