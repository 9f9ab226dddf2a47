package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Queue;
import java.util.concurrent.atomic.AtomicLong;

/** Erases what one item was told under a key: the field of the question that the plan names. */
record ToldKeys<Q>(TellPlan plan, Queue queue, RequestContent<Q> questions) {
    long erase(String key) {
        String field = plan.key()
                .orElseThrow(() -> new FairleadException(
                        ErrorCode.PLAN,
                        "the plan does not say which field of " + plan.id()
                                + " tells what a message is about (add key: and the name of the field to the share)"));
        RecordAccess.ComponentReader<Q, Object> keyOf = questions.access().component(field, Object.class);
        AtomicLong unreadable = new AtomicLong();
        long erased = queue.erase(plan.id(), message -> {
            try {
                return key.equals(text(keyOf.read(questions.decode(message.payload()))));
            } catch (RuntimeException | StackOverflowError noQuestion) {
                unreadable.incrementAndGet();
                return false;
            }
        });
        if (unreadable.get() > 0) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "of what " + plan.id() + " was told, " + unreadable.get()
                            + " cannot be read, so that nobody can say"
                            + " whether it is about the key; " + erased
                            + " were erased (dismiss those that cannot be read, and erase again)");
        }
        return erased;
    }

    private static String text(Object key) {
        return key instanceof Enum<?> symbol ? symbol.name() : key.toString();
    }
}
