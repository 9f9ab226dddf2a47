package dev.fairlead.mechanisms.activemq;

import dev.fairlead.api.Durability;
import java.util.ArrayList;
import java.util.List;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * What an acknowledgement survives.
 *
 * @param durability the level
 * @param weakened why it is not higher, each with what would help
 */
record ServerLevel(Durability durability, List<String> weakened) {
    static ServerLevel of(Administration administration) {
        return switch (administration.broker().product()) {
            case ARTEMIS -> artemis(administration);
            case CLASSIC ->
                new ServerLevel(
                        Durability.D1,
                        List.of(
                                "ActiveMQ Classic does not tell over AMQP whether its store is persistent and synced:"
                                        + " at most D1 is promised (keep persistent=\"true\" and journalDiskSyncStrategy=\"always\")"));
        };
    }

    private static ServerLevel artemis(Administration administration) {
        return administration.look("asking what the broker syncs", session -> {
            Management management =
                    Management.open(session, administration.broker().settings().timeout());
            List<String> weakened = new ArrayList<>();
            boolean stored = isOn(management, "isPersistenceEnabled", "persistence-enabled", weakened);
            boolean synced = isOn(management, "isJournalSyncTransactional", "journal-sync-transactional", weakened)
                    & isOn(management, "isJournalSyncNonTransactional", "journal-sync-non-transactional", weakened);
            Durability level = Durability.D0;
            if (stored) {
                level = synced ? Durability.D2 : Durability.D1;
            }
            return new ServerLevel(level, List.copyOf(weakened));
        });
    }

    private static boolean isOn(Management management, String operation, String setting, List<String> weakened)
            throws ClientException {
        boolean on = management.call(Management.BROKER, operation, "[]").contains("true");
        if (!on) {
            weakened.add(setting + " is false in the broker's broker.xml (set it to true)");
        }
        return on;
    }
}
