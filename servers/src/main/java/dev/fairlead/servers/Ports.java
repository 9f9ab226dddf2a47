package dev.fairlead.servers;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Ports for servers that may be killed and come back: a port is nobody else's from its choice until this process ends, also while no server
 * listens at it.
 *
 * <p>They lie below those that the system gives to whoever asks for any. What keeps other processes of this kind away is a sign: a socket at
 * a port that lies so far below, where no server listens. Safe for many threads.
 */
final class Ports {
    private static final Path GIVEN_TO_ANYBODY = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int MANY = 10_000;
    private static final int LOWEST = 2_000;
    private static final int ATTEMPTS = 100;

    private final Random random;
    private final int below;
    private final List<ServerSocket> signs = new ArrayList<>();

    Ports(Random random) {
        this(random, MANY);
    }

    /** @param below how far the sign lies below the port; {@value #MANY} or more */
    Ports(Random random, int below) {
        this.random = random;
        this.below = below;
    }

    /** The next port, at which a server can listen. */
    synchronized int next() throws IOException {
        int above = firstGivenToAnybody();
        for (int attempt = 0; attempt < ATTEMPTS && above - MANY - below >= LOWEST; attempt++) {
            int port = above - 1 - random.nextInt(MANY);
            ServerSocket sign = new ServerSocket();
            InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), port - below);
            if (listens(sign, place) && isFree(port)) {
                signs.add(sign);
                return port;
            }
            sign.close();
        }
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort(); // where there is no room below: a moment's promise only
        }
    }

    /** At all addresses: RabbitMQ wants it so. */
    private static boolean isFree(int port) throws IOException {
        try (ServerSocket tried = new ServerSocket()) {
            return listens(tried, new InetSocketAddress(port));
        }
    }

    private static boolean listens(ServerSocket socket, InetSocketAddress place) {
        try {
            socket.bind(place, 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** The file gives all that it has at the first read, or nothing: it must be one for more than a byte. */
    private static int firstGivenToAnybody() throws IOException {
        if (!Files.isReadable(GIVEN_TO_ANYBODY)) {
            return 0;
        }
        try (BufferedReader range = Files.newBufferedReader(GIVEN_TO_ANYBODY)) {
            return Integer.parseInt(requireNonNull(range.readLine()).split("\\s+")[0]);
        }
    }
}
