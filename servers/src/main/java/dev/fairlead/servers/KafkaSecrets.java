package dev.fairlead.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Keys, certificates and a password for one Kafka, made anew for it and kept in its folder alone. */
final class KafkaSecrets {
    private static final String USER = "alice";

    private final Path folder;
    private final String storePassword;
    private final String userPassword;

    private KafkaSecrets(Path folder, String storePassword, String userPassword) {
        this.folder = folder;
        this.storePassword = storePassword;
        this.userPassword = userPassword;
    }

    static KafkaSecrets in(Path folder) throws IOException {
        KafkaSecrets secrets = new KafkaSecrets(folder, random(), random());
        secrets.pair("server");
        secrets.pair("client");
        secrets.trust("server", "client-trusts");
        secrets.trust("client", "server-trusts");
        Files.writeString(folder.resolve("store-password"), secrets.storePassword);
        Files.writeString(folder.resolve("user-password"), secrets.userPassword);
        Files.writeString(
                folder.resolve("login"),
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + USER + "\" password=\""
                        + secrets.userPassword + "\";");
        return secrets;
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void pair(String name) throws IOException {
        keytool(List.of(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-keystore",
                store(name)));
        keytool(List.of("-exportcert", "-alias", name, "-file", certificate(name), "-keystore", store(name)));
    }

    private void trust(String whom, String store) throws IOException {
        keytool(List.of(
                "-importcert", "-noprompt", "-alias", whom, "-file", certificate(whom), "-keystore", store(store)));
    }

    private void keytool(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(arguments);
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", storePassword));
        ServerProcess.run(ServerCommand.toEnd("keytool", folder, command));
    }

    private String store(String name) {
        return folder.resolve(name + ".p12").toString();
    }

    private String certificate(String name) {
        return folder.resolve(name + ".cer").toString();
    }

    /** What the server is told of them. */
    List<String> server() {
        String listener = "listener.name.sasl_ssl.";
        return List.of(
                "sasl.enabled.mechanisms=SCRAM-SHA-256",
                listener + "scram-sha-256.sasl.jaas.config="
                        + "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                listener + "ssl.keystore.location=" + store("server"),
                listener + "ssl.keystore.password=" + storePassword,
                listener + "ssl.key.password=" + storePassword,
                listener + "ssl.truststore.location=" + store("server-trusts"),
                listener + "ssl.truststore.password=" + storePassword,
                listener + "ssl.client.auth=required");
    }

    /** What makes the user known to the server's first start. */
    List<String> format() {
        return List.of("--add-scram", "SCRAM-SHA-256=[name=" + USER + ",password=" + userPassword + "]");
    }

    /** The settings of a client, which name files and hold no secret. */
    Map<String, String> client(String url) {
        String password = folder.resolve("store-password").toString();
        return Map.of(
                "url",
                url,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-256",
                "sasl.jaas.config-file",
                folder.resolve("login").toString(),
                "ssl.truststore.location",
                store("client-trusts"),
                "ssl.truststore.password-file",
                password,
                "ssl.keystore.location",
                store("client"),
                "ssl.keystore.password-file",
                password,
                "ssl.key.password-file",
                password);
    }
}
