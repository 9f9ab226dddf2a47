package dev.fairlead.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A new ActiveMQ Artemis of one node, which speaks AMQP 1.0. A client that says nothing for eight seconds is given up, and a queue that
 * nobody reads any more goes within ten, instead of within a minute: it is looked for every five, and taken away when it is found twice.
 */
final class ArtemisServer {
    private static final String HEAP = "256m";
    /** Artemis notes each step of each client there, and slf4j-simple would write all of it. */
    private static final String NO_AUDIT = "-Dorg.slf4j.simpleLogger.log.org.apache.activemq.audit=off";

    private ArtemisServer() {}

    static ServerProcess start() throws IOException {
        Path folder = ServerCommand.newFolder("artemis");
        int port = ServerCommand.freePort();
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc").resolve("broker.xml"), settings(port));
        return ServerProcess.start(new ServerCommand(
                "artemis",
                folder,
                port,
                ServerJars.java(
                        "artemis",
                        HEAP,
                        List.of(NO_AUDIT, "org.apache.activemq.artemis.core.server.embedded.Main", folder.toString())),
                Map.of(),
                "AMQ221001",
                Map.of("url", "amqp://127.0.0.1:" + port)));
    }

    private static String settings(int port) {
        return """
                <configuration xmlns="urn:activemq">
                  <core xmlns="urn:activemq:core">
                    <name>fairlead</name>
                    <security-enabled>false</security-enabled>
                    <persistence-enabled>true</persistence-enabled>
                    <journal-type>NIO</journal-type>
                    <journal-datasync>true</journal-datasync>
                    <journal-file-size>1M</journal-file-size>
                    <max-disk-usage>-1</max-disk-usage>
                    <address-queue-scan-period>5000</address-queue-scan-period>
                    <acceptors>
                      <acceptor name="amqp">tcp://127.0.0.1:%d?protocols=AMQP;amqpIdleTimeout=8000</acceptor>
                    </acceptors>
                    <address-settings>
                      <address-setting match="#">
                        <dead-letter-address>DLQ</dead-letter-address>
                        <expiry-address>ExpiryQueue</expiry-address>
                      </address-setting>
                    </address-settings>
                    <addresses>
                      <address name="DLQ"><anycast><queue name="DLQ"/></anycast></address>
                      <address name="ExpiryQueue"><anycast><queue name="ExpiryQueue"/></anycast></address>
                    </addresses>
                  </core>
                </configuration>
                """.formatted(port);
    }
}
