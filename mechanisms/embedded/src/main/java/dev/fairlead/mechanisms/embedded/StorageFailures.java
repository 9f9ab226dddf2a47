package dev.fairlead.mechanisms.embedded;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What an error of RocksDB means to the caller. */
final class StorageFailures {
    private static final String RESTORE = "; restore the folder from a backup, or move it away to begin anew";

    private StorageFailures() {}

    static FairleadException opening(String place, RocksDBException e) {
        String text = text(e);
        if (noSpace(e)) {
            return full(place, e);
        }
        if (text.contains("Permission denied") || text.contains("Read-only file system")) {
            return new FairleadException(
                    ErrorCode.STORAGE_ACCESS,
                    place + " cannot be opened (" + text + "); this user must be allowed to read and write it",
                    e);
        }
        if (text.contains("lock file") || text.contains("lock hold")) {
            return new FairleadException(
                    ErrorCode.STORAGE_LOCKED, place + " is in use by another process (" + text + ")", e);
        }
        return new FairleadException(
                ErrorCode.STORAGE_DAMAGED, place + " is damaged and was not opened: " + text + RESTORE, e);
    }

    static FairleadException reading(String place, RocksDBException e) {
        return new FairleadException(
                ErrorCode.STORAGE_DAMAGED, place + " cannot be read as it was written: " + text(e) + RESTORE, e);
    }

    static FairleadException garbled(String place, RuntimeException e) {
        return new FairleadException(
                ErrorCode.STORAGE_DAMAGED, place + " holds what this version cannot read: " + e + RESTORE, e);
    }

    static FairleadException writing(String place, RocksDBException e) {
        if (noSpace(e)) {
            return full(place, e);
        }
        if (code(e) == Status.Code.Corruption) {
            return new FairleadException(
                    ErrorCode.STORAGE_DAMAGED, place + " is damaged and takes no more writes: " + text(e) + RESTORE, e);
        }
        return unknown(place, e);
    }

    static FairleadException unknown(String place, Throwable cause) {
        return new FairleadException(
                ErrorCode.OUTCOME_UNKNOWN,
                place + ": the write failed, and may or may not be there (" + cause.getMessage()
                        + "); check the volume, then read the log's end before writing on",
                cause);
    }

    static FairleadException full(String place, @Nullable Throwable cause) {
        return new FairleadException(
                ErrorCode.STORAGE_FULL,
                place + " has no space left: free some; writing goes on by itself then, reading does so all along",
                cause);
    }

    static FairleadException closed() {
        return new FairleadException(ErrorCode.CLOSED, "the embedded mechanism is closed; open it anew");
    }

    static FairleadException interrupted() {
        return new FairleadException(
                ErrorCode.CLOSED, "the wait for records was interrupted; the interrupt flag is still set");
    }

    static boolean noSpace(RocksDBException e) {
        Status status = e.getStatus();
        return (status != null && status.getSubCode() == Status.SubCode.NoSpace) || text(e).contains("No space left");
    }

    static Status.@Nullable Code code(RocksDBException e) {
        Status status = e.getStatus();
        return status == null ? null : status.getCode();
    }

    private static String text(RocksDBException e) {
        return String.valueOf(e.getMessage());
    }
}
