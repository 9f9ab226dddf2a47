package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.spi.input.Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where RabbitMQ is.
 *
 * @param nodes to be tried in turn
 * @param isSecure whether all connections are TLS
 * @param streamPort at which each node speaks the stream protocol
 */
record Address(List<Node> nodes, boolean isSecure, String virtualHost, int streamPort) {
    private static final Pattern URL = Pattern.compile("(amqps?)://([^/?#@\\s]+)(?:/([^/?#\\s]*))?");
    private static final Pattern NODE = Pattern.compile("(\\[[0-9A-Fa-f:]+\\]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
    private static final int MOST_NODES = 100;
    private static final int LAST_PORT = 65_535;

    Address {
        nodes = List.copyOf(nodes);
    }

    /** One node, at its port for AMQP. */
    record Node(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    static Address of(Settings settings) {
        String url = settings.text("url", "amqp://localhost:5672");
        if (url.contains("@")) {
            throw settings.wrong(
                    "'url' holds a user; name the user in 'user' or 'user-env', and the environment variable"
                            + " with the password in 'password-env'");
        }
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw settings.wrong(
                    "'url' is amqp://HOST:PORT,HOST:PORT/VIRTUAL-HOST, or amqps://… for TLS, not '" + url + "'");
        }
        boolean secure = matcher.group(1).equals("amqps");
        List<Node> nodes = new ArrayList<>();
        for (String each : matcher.group(2).split(",", MOST_NODES)) {
            nodes.add(node(settings, each, secure));
        }
        String path = matcher.group(3);
        return new Address(
                nodes,
                secure,
                path == null || path.isEmpty() ? "/" : decoded(settings, path),
                settings.number("stream-port", secure ? 5551 : 5552, 1, LAST_PORT));
    }

    private static Node node(Settings settings, String text, boolean secure) {
        Matcher matcher = NODE.matcher(text);
        if (!matcher.matches()) {
            throw settings.wrong("'url' names a node as HOST:PORT, not as '" + text + "'");
        }
        int port = matcher.group(2) == null ? (secure ? 5671 : 5672) : Integer.parseInt(matcher.group(2));
        if (port < 1 || port > LAST_PORT) {
            throw settings.wrong("'url' names a port from 1 to " + LAST_PORT + ", not " + port);
        }
        return new Node(matcher.group(1), port);
    }

    private static String decoded(Settings settings, String path) {
        try {
            return URLDecoder.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw settings.wrong("'url' ends in a virtual host that is not percent-encoded: '" + path + "'");
        }
    }

    @Override
    public String toString() {
        return String.join(",", nodes.stream().map(Node::toString).toList());
    }
}
