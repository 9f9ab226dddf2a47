package dev.fairlead.spi;

import dev.fairlead.api.Answering;
import dev.fairlead.api.Copy;
import dev.fairlead.api.Following;
import dev.fairlead.api.Handling;
import dev.fairlead.api.InboxStatistics;
import dev.fairlead.api.OutboxStatistics;
import dev.fairlead.api.RequestStatistics;
import java.util.function.Supplier;

/** Something open that has a state and counts, which may be read at any time from any thread until it is closed. */
public sealed interface Watched {
    /** The service that has it. */
    String service();

    /** The item's id. */
    String item();

    /** A copy of a state item. */
    record OpenCopy(String service, String item, Copy<?, ?> copy) implements Watched {}

    /** A group that follows events. */
    record Group(String service, String item, String group, Following<?, ?> following) implements Watched {}

    /** The questions of a service to an item. */
    record Questions(String service, String item, Supplier<RequestStatistics> statistics) implements Watched {}

    /** An owner's handler of questions. */
    record Answers(String service, String item, Answering answering) implements Watched {}

    /** An owner's handler of what the item is told. */
    record Told(String service, String item, Handling<?> handling) implements Watched {}

    /** An outbox; reading its state asks the database. */
    record OpenOutbox(String service, String item, Supplier<OutboxStatistics> statistics) implements Watched {}

    /** The inbox of a group. */
    record OpenInbox(String service, String item, String group, Supplier<InboxStatistics> statistics)
            implements Watched {}
}
