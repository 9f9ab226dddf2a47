package dev.fairlead.spi.calling;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Between whom a message of a {@link DistributedCall} goes, as it says itself, for a process that hands messages on and lets nobody speak for
 * others.
 *
 * @param address of the answerer
 * @param number of the answerer among those of its opening
 * @param asker the address of the asker that sends it; null for a message from the answerer
 */
public record CallParties(
        String address, long number, @Nullable String asker) {
    /** What the message says; fails with BAD_VALUE when it is none. */
    public static CallParties of(byte[] message) {
        try {
            return switch (CallMessages.unpack(message)) {
                case CallMessage.ToAnswerer to ->
                    new CallParties(to.to().address(), to.to().number(), to.asker());
                case CallMessage.ToAsker from ->
                    new CallParties(from.from().address(), from.from().number(), null);
            };
        } catch (IOException | RuntimeException e) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "a message is none of a question: " + e.getMessage(), e);
        }
    }
}
