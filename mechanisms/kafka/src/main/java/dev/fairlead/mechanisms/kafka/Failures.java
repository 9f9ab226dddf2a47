package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What an error of Kafka's clients means to the caller. */
final class Failures {
    private static final Set<Class<? extends KafkaException>> FENCING = Set.of(
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            InvalidPidMappingException.class,
            InvalidTxnStateException.class,
            ConcurrentTransactionsException.class,
            TransactionAbortableException.class,
            TransactionAbortedException.class);

    private Failures() {}

    static FairleadException of(String what, Throwable thrown) {
        Throwable cause = innermost(thrown);
        if (cause instanceof FairleadException known) {
            return known;
        }
        String beginning = what + " failed: ";
        if (isTopicMissing(cause)) {
            return gone(what, cause);
        }
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return failure(
                    ErrorCode.STORAGE_ACCESS,
                    beginning + cause.getMessage() + " (the user needs the right to do this)",
                    cause);
        }
        if (cause instanceof CorruptRecordException || cause instanceof KafkaStorageException) {
            return failure(ErrorCode.STORAGE_DAMAGED, beginning + cause.getMessage(), cause);
        }
        if (cause instanceof RetriableException || cause instanceof InvalidReplicationFactorException) {
            return failure(ErrorCode.UNREACHABLE, beginning + cause.getMessage(), cause);
        }
        return failure(ErrorCode.INTERNAL, beginning + cause, cause);
    }

    static FairleadException gone(String what, @Nullable Throwable cause) {
        return failure(
                ErrorCode.STORAGE_DAMAGED,
                what
                        + " failed: its topic is gone (restore it; or open the mechanism again, which creates it anew, empty)",
                cause);
    }

    static boolean isTopicMissing(Throwable thrown) {
        Throwable cause = innermost(thrown);
        return cause instanceof UnknownTopicOrPartitionException || cause instanceof UnknownTopicIdException;
    }

    /** Another producer has taken the transactional id over, or the server has ended the transaction by itself. */
    static boolean isFenced(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Throwable kind = cause;
            if (FENCING.stream().anyMatch(type -> type.isInstance(kind))) {
                return true;
            }
        }
        return false;
    }

    /** Wrappers tell nothing of their own. */
    static Throwable innermost(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wraps = thrown instanceof ExecutionException
                || thrown instanceof CompletionException
                || thrown.getClass() == KafkaException.class;
        return wraps && cause != null ? innermost(cause) : thrown;
    }

    static FairleadException undefined(String log) {
        return new FairleadException(ErrorCode.PLAN, "log " + log + " is not defined");
    }

    static FairleadException fenced(String log) {
        return new FairleadException(
                ErrorCode.FENCED, "log " + log + " was claimed by another writer since; this one writes no more");
    }

    static FairleadException closed() {
        return new FairleadException(ErrorCode.CLOSED, "the kafka mechanism is closed; open it anew");
    }

    static FairleadException interrupted() {
        return new FairleadException(ErrorCode.CLOSED, "the wait was interrupted; the interrupt flag is still set");
    }

    static FairleadException failure(ErrorCode code, String message, @Nullable Throwable cause) {
        return new FairleadException(code, message, cause);
    }
}
