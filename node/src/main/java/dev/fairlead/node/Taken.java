package dev.fairlead.node;

import dev.fairlead.api.EventRecord;
import dev.fairlead.engine.LeasedTell;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.engine.documents.RequestDocument;
import dev.fairlead.node.leases.Desk;
import java.time.Duration;
import java.util.Optional;

/** What somebody has taken from the node, and how he settles it. Each call blocks until that is written, and fails with LEASE_OVER when it comes too late. */
sealed interface Taken {
    /** It is done; a question is answered with the document. */
    void acknowledge(Exchange exchange);

    /** This attempt has failed, or was not made; nothing else is known. */
    void giveBack(Optional<Duration> delay);

    /** Nobody is to try it again; the reason is kept, or for a question told to its asker. */
    void setAside(Reason reason);

    /** Called when the lease is over and it was not settled; must not block. */
    void over();

    /**
     * Why something is not done.
     *
     * @param code for programs; only a refusal has one
     */
    record Reason(Optional<String> code, String message) {}

    /** A question. */
    record Question(ServedRequests item, Desk.Work<ServedRequests.Asked, RequestDocument> work, AutoCloseable use)
            implements Taken {
        @Override
        public void acknowledge(Exchange exchange) {
            byte[] answer = exchange.json();
            item.requests().checkAnswer(item.id(), answer);
            settled(work.complete(new RequestDocument(answer)));
        }

        @Override
        public void giveBack(Optional<Duration> delay) {
            if (delay.isPresent()) {
                throw new Problem(ProblemType.BAD_REQUEST, "a question cannot wait: leave delay out");
            }
            settled(item.desk().putBack(work));
        }

        @Override
        public void setAside(Reason reason) {
            String code = reason.code()
                    .orElseThrow(() -> new Problem(
                            ProblemType.BAD_REQUEST, "say a code for the asker's program, such as \"sold-out\""));
            settled(ServedRequests.refuse(work, code, reason.message()));
        }

        @Override
        public void over() {
            ended(use);
        }

        private void settled(boolean inTime) {
            ended(use);
            if (!inTime) {
                throw late();
            }
        }
    }

    /** Something told. */
    record Told(LeasedTell tell) implements Taken {
        @Override
        public void acknowledge(Exchange exchange) {
            tell.acknowledge();
        }

        @Override
        public void giveBack(Optional<Duration> delay) {
            tell.giveBack(delay);
        }

        @Override
        public void setAside(Reason reason) {
            refuseCode(reason);
            tell.setAside(reason.message());
        }

        @Override
        public void over() {
            // the mechanism counts by itself
        }
    }

    /** An event. */
    record Event(Desk.Work<EventRecord<String, EventDocument>, Boolean> work, AutoCloseable use) implements Taken {
        @Override
        public void acknowledge(Exchange exchange) {
            settled(work.complete(true));
        }

        @Override
        public void giveBack(Optional<Duration> delay) {
            if (delay.isPresent()) {
                throw new Problem(
                        ProblemType.BAD_REQUEST, "of events the plan's when-failing says the delay: leave it out");
            }
            settled(work.fail(new NotHandled("it was given back")));
        }

        @Override
        public void setAside(Reason reason) {
            refuseCode(reason);
            settled(work.fail(new NotHandled(reason.message())));
        }

        @Override
        public void over() {
            work.fail(new NotHandled("the lease was over"));
            ended(use);
        }

        private void settled(boolean inTime) {
            ended(use);
            if (!inTime) {
                throw late();
            }
        }
    }

    /** Says to a group that an event was not handled. */
    final class NotHandled extends Exception {
        private static final long serialVersionUID = 1L;

        NotHandled(String why) {
            super(why, null, false, false);
        }
    }

    /** What a call gets that settles what is not the caller's any more. */
    static Problem late() {
        return new Problem(
                ProblemType.LEASE_OVER, "the lease is over, or was never yours; somebody else may have it now");
    }

    private static void refuseCode(Reason reason) {
        if (reason.code().isPresent()) {
            throw new Problem(ProblemType.BAD_REQUEST, "only the refusal of a question has a code: leave it out");
        }
    }

    private static void ended(AutoCloseable use) {
        try {
            use.close();
        } catch (Exception e) {
            throw new IllegalStateException("a use does not fail to end", e);
        }
    }
}
