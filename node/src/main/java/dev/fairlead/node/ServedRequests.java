package dev.fairlead.node;

import dev.fairlead.api.Answering;
import dev.fairlead.api.RequestRefused;
import dev.fairlead.engine.DocumentRequests;
import dev.fairlead.engine.documents.RequestDocument;
import dev.fairlead.node.leases.Desk;
import dev.fairlead.node.leases.OpenWhileUsed;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.ItemId;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.TimeSource;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * A request item of the node: asked or told by any caller, and answered or handled by whoever takes it for the owner.
 *
 * <p>The node answers an item only while somebody takes its questions, and a little longer, so that askers hear at once when nobody does.
 */
final class ServedRequests implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(5);

    /** How long an outcome that came too late is waited for all the same, so that its asker's deadline is first. */
    private static final Duration BEYOND = Duration.ofSeconds(1);

    private final Share share;
    private final Content.Request content;
    private final DocumentRequests requests;
    private final Desk<Asked, RequestDocument> desk = new Desk<>();
    private final OpenWhileUsed<Answering> answering;

    ServedRequests(Share share, Content.Request content, DocumentRequests requests, TimeSource time) {
        this.share = share;
        this.content = content;
        this.requests = requests;
        this.answering = new OpenWhileUsed<>(() -> requests.answer(share.id(), this::layOut), IDLE, time);
    }

    /** A question, as one who is to answer it gets it. */
    record Asked(byte[] question, dev.fairlead.api.Asked about) {
        UUID key() {
            return about.key();
        }
    }

    Share share() {
        return share;
    }

    ItemId id() {
        return share.id();
    }

    Content.Request content() {
        return content;
    }

    boolean isTold() {
        return content.delivery() == Content.Delivery.GUARANTEED;
    }

    DocumentRequests requests() {
        return requests;
    }

    /** The questions that wait for somebody who takes them. */
    Desk<Asked, RequestDocument> desk() {
        return desk;
    }

    /** Says that somebody takes questions, until it is closed. */
    OpenWhileUsed.Use<Answering> answering() {
        return answering.use();
    }

    private RequestDocument layOut(RequestDocument question, dev.fairlead.api.Asked asked) throws Exception {
        try {
            return desk.await(new Asked(question.content(), asked), asked.left().plus(BEYOND));
        } catch (TimeoutException late) {
            throw new RequestRefused("late", "nobody answered before the deadline"); // which was first for the asker
        }
    }

    /** Ends a question with the owner's refusal; false when nobody waits any more. */
    static boolean refuse(Desk.Work<Asked, RequestDocument> work, String code, String message) {
        return work.fail(new RequestRefused(code, message));
    }

    @Override
    public void close() {
        desk.close();
        answering.close();
        requests.stopLeasing();
    }
}
