package dev.fairlead.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A new ActiveMQ Classic of one node, which speaks AMQP 1.0 and stores in KahaDB. Anybody may come in without a name, and {@code fairlead} by
 * the password {@code hawser} alone. A client that says nothing for eight seconds is given up.
 */
final class ActivemqServer {
    private static final String HEAP = "256m";

    private ActivemqServer() {}

    static ServerProcess start() throws IOException {
        Path folder = ServerCommand.newFolder("activemq");
        int port = ServerCommand.freePort();
        Path file = folder.resolve("activemq.xml");
        Files.writeString(file, settings(folder, port));
        return ServerProcess.start(new ServerCommand(
                "activemq",
                folder,
                port,
                ServerJars.java(
                        "activemq",
                        HEAP,
                        List.of("org.apache.activemq.console.command.ShellCommand", "start", "xbean:file:" + file)),
                Map.of(),
                ") started",
                Map.of("url", "amqp://127.0.0.1:" + port)));
    }

    private static String settings(Path folder, int port) {
        return """
                <beans xmlns="http://www.springframework.org/schema/beans"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://www.springframework.org/schema/beans http://www.springframework.org/schema/beans/spring-beans.xsd
                      http://activemq.apache.org/schema/core http://activemq.apache.org/schema/core/activemq-core.xsd">
                  <broker xmlns="http://activemq.apache.org/schema/core" brokerName="fairlead" useJmx="false"
                      dataDirectory="%s" start="false">
                    <persistenceAdapter>
                      <kahaDB directory="%s" journalDiskSyncStrategy="always" preallocationScope="none"/>
                    </persistenceAdapter>
                    <plugins>
                      <statisticsBrokerPlugin/>
                      <simpleAuthenticationPlugin anonymousAccessAllowed="true">
                        <users>
                          <authenticationUser username="fairlead" password="hawser" groups="users"/>
                        </users>
                      </simpleAuthenticationPlugin>
                    </plugins>
                    <transportConnectors>
                      <transportConnector name="amqp" uri="amqp://127.0.0.1:%d?transport.tcpNoDelay=true&amp;transport.wireFormat.idleTimeout=8000"/>
                    </transportConnectors>
                  </broker>
                </beans>
                """.formatted(folder, folder.resolve("data"), port);
    }
}
