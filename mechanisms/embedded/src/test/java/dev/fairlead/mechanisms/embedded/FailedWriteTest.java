package dev.fairlead.mechanisms.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.faults.SmallVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A committer that trusts an old answer of its volume: here it is the database's own write that fails. */
class FailedWriteTest {
    @TempDir
    Path folder;

    @Test
    void opensAnewAfterAWriteThatFoundNoSpaceAndLosesNothing() throws Exception {
        NativeLibrary.load();
        try (SmallVolume volume = SmallVolume.mount(folder)) {
            long acknowledged = failAndRecover(volume);
            try (DataFolder held = DataFolder.hold(volume.path());
                    SyncedMark mark = SyncedMark.open(volume.path(), held.database(), Boot.current());
                    Tuning tuning = Tuning.volume(Sizing.volume(64 << 20));
                    Database database = new Database(opening(held, tuning, mark), mark)) {
                OpenLog log = Logs.load(database).get("a");
                assertThat(log.end()).isEqualTo(acknowledged);
                assertThat(BlockScan.read(database, log, 0, log.end(), Long.MAX_VALUE).stream()
                                .mapToLong(Block::count)
                                .sum())
                        .isEqualTo(acknowledged);
            }
        }
    }

    private static long failAndRecover(SmallVolume volume) throws IOException, InterruptedException {
        try (DataFolder held = DataFolder.hold(volume.path());
                SyncedMark mark = SyncedMark.open(volume.path(), held.database(), Boot.current());
                Tuning tuning = Tuning.volume(Sizing.volume(64 << 20))) {
            Database database = new Database(opening(held, tuning, mark), mark);
            Logs logs = Logs.load(database);
            WriteQueue queue = new WriteQueue(1 << 20);
            Thread committer = Thread.ofPlatform()
                    .start(new Committer(
                            queue,
                            database,
                            logs,
                            Queues.load(database, queue, TimeSource.SYSTEM),
                            SpaceGuard.volume(volume.path(), Sizing.volume(64 << 20), Duration.ofHours(1)),
                            new TailBudget(1 << 20, 1 << 20),
                            TimeSource.SYSTEM));
            DefineRequest define =
                    new DefineRequest(logs, new LogDefinition("a", new Retention.LatestPerKey(), Durability.D2));
            Outcome.of(queue, define, define.result());
            ClaimRequest claiming = new ClaimRequest(logs.get("a"), "test");
            Claim claim = Outcome.of(queue, claiming, claiming.result());
            append(queue, claim);
            Path ballast = volume.fillUp();
            assertThat(failure(queue, claim).code()).isEqualTo(ErrorCode.STORAGE_FULL);
            long end = claim.log().end();
            assertThat(BlockScan.read(database, claim.log(), 0, end, Long.MAX_VALUE))
                    .isNotEmpty();
            Files.delete(ballast);
            ResumeRequest resume = new ResumeRequest(claim);
            Outcome.of(queue, resume, resume.result());
            assertThat(append(queue, claim)).isEqualTo(end);
            queue.close();
            committer.join();
            return claim.log().end();
        }
    }

    private static DatabaseOpening opening(DataFolder held, Tuning tuning, SyncedMark mark) {
        return new DatabaseOpening(held.database().toString(), "the test's store", tuning, mark);
    }

    private static long append(WriteQueue queue, Claim claim) {
        LogEntry[] entries = Records.numbered(claim.log().end(), 300, 50).toArray(LogEntry[]::new);
        AppendRequest request = new AppendRequest(claim, entries, new CompletableFuture<>());
        queue.add(request);
        return request.result().join().first().offset();
    }

    private static FairleadException failure(WriteQueue queue, Claim claim) {
        for (int i = 0; i < 10_000; i++) {
            try {
                append(queue, claim);
            } catch (CompletionException e) {
                return (FairleadException) Objects.requireNonNull(e.getCause());
            }
        }
        throw new AssertionError("no write failed");
    }
}
