package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import java.util.concurrent.CompletableFuture;

/** Lets a stopped writer go on; being in the queue, it comes after everything that the writer appended before. */
final class ResumeRequest implements Request {
    private static final int BYTES = 64;

    private final Claim claim;
    private final CompletableFuture<Void> result = new CompletableFuture<>();

    ResumeRequest(Claim claim) {
        this.claim = claim;
    }

    CompletableFuture<Void> result() {
        return result;
    }

    @Override
    public long bytes() {
        return BYTES;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public boolean small() {
        return true;
    }

    @Override
    public void prepare(CommitGroup group) {
        claim.checkEpoch();
    }

    @Override
    public void publish(TailBudget tails) {
        claim.resume();
    }

    @Override
    public void done(Durability reached) {
        result.complete(null);
    }

    @Override
    public void failed(FairleadException failure) {
        result.completeExceptionally(failure);
    }
}
