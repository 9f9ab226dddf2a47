package dev.fairlead.mechanisms.embedded;

/** Lets a stopped writer go on; being in the queue, it comes after everything that the writer appended before. */
final class ResumeRequest extends PlainRequest {
    private static final int BYTES = 64;

    private final Claim claim;

    ResumeRequest(Claim claim) {
        this.claim = claim;
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
}
