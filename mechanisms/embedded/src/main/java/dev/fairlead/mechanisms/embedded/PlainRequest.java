package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;

/** A request of which its caller wants to know only that it is done. */
abstract sealed class PlainRequest extends AnsweredRequest<Void>
        permits DefineRequest,
                DefineQueueRequest,
                ResumeRequest,
                PositionRequest,
                RewriteRequest,
                EraseRequest,
                PurgeRequest,
                TrimRequest {
    @Override
    public final void done(Durability reached) {
        result().complete(null);
    }
}
