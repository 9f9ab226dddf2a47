package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.input.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** The settings of Kafka's clients that say how to log in, and over what; its text shows none of their values. */
final class Security {
    private static final long LONGEST = 64 * 1024;
    private static final Map<String, ConfigDef.ConfigKey> KNOWN =
            AdminClientConfig.configDef().configKeys();
    private static final String FROM_ENVIRONMENT = "-env";
    private static final String FROM_FILE = "-file";

    private final Map<String, String> values;
    private final List<String> secrets;

    private Security(Map<String, String> values, List<String> secrets) {
        this.values = Map.copyOf(values);
        this.secrets = List.copyOf(secrets);
    }

    /** Reads {@code security.protocol}, {@code ssl.*} and {@code sasl.*}; each may end in {@code -env} or {@code -file}, a secret must. */
    static Security of(Settings settings, Path folder, UnaryOperator<@Nullable String> environment) {
        Map<String, String> values = new HashMap<>();
        List<String> secrets = new ArrayList<>();
        for (Map.Entry<String, String> setting : settings.values().entrySet()) {
            String key = setting.getKey();
            if (KafkaSettings.KEYS.contains(key)) {
                continue;
            }
            String name = plainName(settings, key);
            if (values.containsKey(name)) {
                throw KafkaSettings.wrong("'" + name + "' is set twice; keep one");
            }
            String value = value(key, name, setting.getValue(), folder, environment);
            if (isSecret(name)) {
                secrets.add(value);
            }
            values.put(name, value);
        }
        return new Security(values, secrets);
    }

    private static String plainName(Settings settings, String key) {
        String name = key;
        for (String end : List.of(FROM_ENVIRONMENT, FROM_FILE)) {
            name = name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
        }
        boolean passed = name.equals("security.protocol") || name.startsWith("ssl.") || name.startsWith("sasl.");
        if (!passed || !KNOWN.containsKey(name)) {
            List<String> all = new ArrayList<>(KafkaSettings.KEYS);
            KNOWN.keySet().stream()
                    .filter(known -> known.startsWith("ssl.") || known.startsWith("sasl."))
                    .forEach(all::add);
            all.add("security.protocol");
            throw settings.unknown(key, name, all);
        }
        return name;
    }

    private static boolean isSecret(String name) {
        ConfigDef.ConfigKey known = KNOWN.get(name);
        return known != null && known.type == ConfigDef.Type.PASSWORD;
    }

    private static String value(
            String key, String name, String given, Path folder, UnaryOperator<@Nullable String> environment) {
        if (key.endsWith(FROM_ENVIRONMENT)) {
            String value = environment.apply(given);
            if (value == null) {
                throw KafkaSettings.wrong(
                        "'" + key + "' names the environment variable " + given + ", which is not set");
            }
            return value;
        }
        if (key.endsWith(FROM_FILE)) {
            return file(key, folder.resolve(given));
        }
        if (isSecret(name)) {
            throw KafkaSettings.wrong("'" + name + "' is a secret and does not stand in a plan; name the environment"
                    + " variable that holds it in '" + name + FROM_ENVIRONMENT + "', or a file in '" + name + FROM_FILE
                    + "'");
        }
        return given;
    }

    private static String file(String key, Path path) {
        try {
            if (Files.size(path) > LONGEST) {
                throw KafkaSettings.wrong("'" + key + "' " + path + " is longer than " + LONGEST + " bytes");
            }
            return Files.readString(path).stripTrailing();
        } catch (IOException e) {
            throw new FairleadException(
                    ErrorCode.PLAN, "mechanism kafka: '" + key + "' " + path + " cannot be read: " + e, e);
        }
    }

    /** What the clients are given. */
    Map<String, String> values() {
        return values;
    }

    /** The text without any of the secrets. */
    String without(@Nullable String text) {
        String clean = String.valueOf(text);
        for (String secret : secrets) {
            clean = secret.isEmpty() ? clean : clean.replace(secret, "(a secret)");
        }
        return clean;
    }

    @Override
    public String toString() {
        return "security of " + values.keySet();
    }
}
