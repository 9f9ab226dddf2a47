package dev.fairlead.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final int EACH = 20;

    @Test
    void aPortIsGivenOnceAlsoToOneWhoLooksInTheSameOrder() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/sys/net")), "only Linux tells which ports it gives to anybody");
        Ports here = new Ports(new Random(7));
        Ports elsewhere = new Ports(new Random(7));
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < EACH; i++) {
            given.add(here.next());
            given.add(elsewhere.next());
        }
        assertThat(given).hasSize(2 * EACH);
    }

    @Test
    void aServerCanListenThereAndComeAgain() throws IOException {
        int port = new Ports(new Random()).next();
        for (int start = 0; start < 2; start++) {
            try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(server.getLocalPort()).isEqualTo(port);
            }
        }
    }

    @Test
    void aPortAtWhichSomebodyListensIsNotGiven() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/sys/net")), "only Linux tells which ports it gives to anybody");
        long seed = new Random().nextLong();
        int port = new Ports(new Random(seed), 11_000).next();
        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new Ports(new Random(seed), 12_000).next()).isNotEqualTo(server.getLocalPort());
        }
        assertThat(new Ports(new Random(seed), 12_000).next()).isEqualTo(port);
    }
}
