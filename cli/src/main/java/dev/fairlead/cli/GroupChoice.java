package dev.fairlead.cli;

import dev.fairlead.engine.DeadMessages;
import dev.fairlead.engine.ParkedGroup;
import dev.fairlead.mechanisms.embedded.EmbeddedMechanism;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which groups, and which items that are told, a command is about: all, unless told. */
final class GroupChoice {
    @Option(names = "--item", paramLabel = "ITEM", description = "Only what was set aside of this item.")
    private @Nullable String item;

    @Option(names = "--service", paramLabel = "NAME", description = "Only what this service has set aside.")
    private @Nullable String service;

    @Option(names = "--group", paramLabel = "NAME", description = "Only what this group has parked.")
    private @Nullable String group;

    List<ParkedGroup> of(EmbeddedMechanism mechanism) {
        return ParkedGroup.among(mechanism.logs(), mechanism).stream()
                .filter(found -> (item == null || item.equals(found.item()))
                        && (service == null || service.equals(found.service()))
                        && (group == null || group.equals(found.group())))
                .toList();
    }

    /** The dead letters; none when a group was named, because a message has none. */
    List<DeadMessages> deadOf(EmbeddedMechanism mechanism) {
        return DeadMessages.among(mechanism.queues(), mechanism).stream()
                .filter(found -> group == null
                        && (item == null || item.equals(found.item()))
                        && (service == null || service.equals(found.service())))
                .toList();
    }
}
