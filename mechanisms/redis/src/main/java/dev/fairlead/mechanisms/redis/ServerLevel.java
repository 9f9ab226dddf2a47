package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What an acknowledged write survives on the server as it is set up.
 *
 * @param durability the level that a write reaches
 * @param weakened the settings that keep it low, or that may lose what was acknowledged, each with what would help
 * @param evicting whether the server drops keys when its memory is full
 */
record ServerLevel(Durability durability, List<String> weakened, boolean evicting) {
    private static final String[] NAMES = {
        "appendonly", "appendfsync", "no-appendfsync-on-rewrite", "maxmemory", "maxmemory-policy"
    };

    ServerLevel {
        weakened = List.copyOf(weakened);
    }

    /** Asks the server, and refuses one that cannot be used at all. */
    static ServerLevel of(Connection connection, String place) {
        connection.sendCommand(Protocol.Command.INFO);
        ServerInfo info = ServerInfo.of(connection.getBulkReply());
        info.requireUsable(place);
        List<String> weakened = new ArrayList<>();
        if (info.hasReplicas()) {
            weakened.add("it has replicas: a fail-over to one of them may lose acknowledged writes, which is noticed"
                    + " and not prevented (restart the primary instead)");
        }
        return of(configuration(connection), weakened);
    }

    private static ServerLevel of(Map<String, String> configuration, List<String> weakened) {
        if (configuration.isEmpty()) {
            weakened.add("CONFIG GET is refused, so nobody knows what a write survives (allow the user +config|get)");
            return new ServerLevel(Durability.D0, weakened, false);
        }
        String policy = configuration.getOrDefault("maxmemory-policy", "noeviction");
        boolean evicting = policy.startsWith("allkeys") && !"0".equals(configuration.getOrDefault("maxmemory", "0"));
        if (evicting) {
            weakened.add("maxmemory-policy is " + policy + ": a full server drops logs and queues (set noeviction)");
        }
        return new ServerLevel(durability(configuration, weakened), weakened, evicting);
    }

    /**
     * The file gets every write before its answer goes out, unless it is synced once a second: then writes wait in memory while a sync is
     * under way.
     */
    private static Durability durability(Map<String, String> configuration, List<String> weakened) {
        if (!"yes".equals(configuration.get("appendonly"))) {
            weakened.add("appendonly is no: a crash of the server loses all since its last snapshot (set it to yes)");
            return Durability.D0;
        }
        String sync = configuration.getOrDefault("appendfsync", "");
        if (sync.equals("everysec")) {
            weakened.add("appendfsync is everysec: a crash of the server may lose the last two seconds (set always)");
            return Durability.D0;
        }
        if (!sync.equals("always")) {
            weakened.add("appendfsync is " + sync + ": a power loss loses the last writes (set always)");
            return Durability.D1;
        }
        if ("yes".equals(configuration.get("no-appendfsync-on-rewrite"))) {
            weakened.add("no-appendfsync-on-rewrite is yes: a power loss while the file is rewritten loses the last"
                    + " writes (set no)");
            return Durability.D1;
        }
        return Durability.D2;
    }

    /** Nothing where the user may not ask. */
    private static Map<String, String> configuration(Connection connection) {
        Map<String, String> values = new HashMap<>();
        for (String name : NAMES) {
            try {
                connection.sendCommand(Protocol.Command.CONFIG, "GET", name);
                Reply found = Reply.of(connection.getOne());
                if (found.size() == 2) {
                    values.put(name, found.text(1));
                }
            } catch (JedisDataException e) {
                if (Failures.isPassing(e)) {
                    throw e;
                }
                return Map.of();
            }
        }
        return values;
    }

    /** Fails with CAPABILITY unless what is written is kept, and reaches the level. */
    void require(String what, String place, Durability wanted) {
        if (evicting || !durability.reaches(wanted)) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY,
                    what + " asks for " + wanted + ", but " + place + " offers "
                            + (evicting ? "nothing that is kept" : durability) + ": " + String.join("; ", weakened));
        }
    }
}
