package dev.fairlead.mechanisms.redis;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.exceptions.JedisDataException;

/** What a server says of itself in its answer to {@code INFO}. Valkey names itself there, beside the version of Redis that it is like. */
record ServerInfo(Map<String, String> fields) {
    static final String NO_CLUSTER =
            "cluster mode is not supported (use a server with cluster-enabled no, with replicas where you need them)";
    private static final int OLDEST = 7;

    ServerInfo {
        fields = Map.copyOf(fields);
    }

    static ServerInfo of(String info) {
        Map<String, String> fields = new HashMap<>();
        info.lines().forEach(line -> {
            String[] parts = line.split(":", 2);
            if (parts.length == 2) {
                fields.put(parts[0], parts[1].strip());
            }
        });
        return new ServerInfo(fields);
    }

    private boolean isValkey() {
        return "valkey".equals(fields.get("server_name"));
    }

    /** Its name and version, for people. */
    String version() {
        return (isValkey() ? "Valkey " : "Redis ") + number();
    }

    private String number() {
        String like = fields.getOrDefault("redis_version", "of no known version");
        return isValkey() ? fields.getOrDefault("valkey_version", like) : like;
    }

    private boolean isOldEnough() {
        String major = number().split("\\.", 2)[0];
        return major.matches("[0-9]{1,9}") && Integer.parseInt(major) >= OLDEST;
    }

    boolean hasReplicas() {
        return !"0".equals(fields.getOrDefault("connected_slaves", "0"));
    }

    /** Fails with CAPABILITY for a server that cannot be used, and as the server itself would for a replica. */
    void requireUsable(String place) {
        if (!isOldEnough()) {
            throw new FairleadException(
                    ErrorCode.CAPABILITY, place + " is " + version() + "; Redis 7.0 or Valkey 7.2 is the least");
        }
        if ("1".equals(fields.get("cluster_enabled"))) {
            throw new FairleadException(ErrorCode.CAPABILITY, place + ": " + NO_CLUSTER);
        }
        if (!"master".equals(fields.getOrDefault("role", "master"))) {
            throw new JedisDataException("READONLY this server is a replica");
        }
    }
}
