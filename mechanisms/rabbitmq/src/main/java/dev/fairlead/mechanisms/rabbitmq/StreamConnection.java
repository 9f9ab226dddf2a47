package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.stream.Message;
import com.rabbitmq.stream.MessageBuilder;
import com.rabbitmq.stream.OffsetSpecification;
import com.rabbitmq.stream.StreamException;
import com.rabbitmq.stream.compression.Compression;
import com.rabbitmq.stream.impl.Client;
import com.rabbitmq.stream.impl.MessageBatch;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.server.Uninterrupted;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection that speaks the stream protocol, shared by publishers and subscriptions. Safe for many threads. */
final class StreamConnection {
    private static final int MOST_MEMBERS = 100;
    private static final int LONGEST_FRAME = 64 << 20;

    private final Client client;
    private final String place;
    private final Map<Byte, Member> subscriptions = new ConcurrentHashMap<>();
    private final Map<Byte, Member> publishers = new ConcurrentHashMap<>();
    /** The streams of the publishers that are here, or about to be: one connection takes only one of a stream. */
    private final Set<String> published = ConcurrentHashMap.newKeySet();
    /** Numbers go round, so that what is under way to a member that left does not reach the next one. */
    private byte next;

    private volatile boolean lost;

    private record Member(String stream, StreamListener listener) {}

    StreamConnection(RabbitSettings settings, Address.Node node, EventLoopGroup loop) {
        this.place = "rabbitmq at " + node.host() + ":" + settings.address().streamPort();
        int longest = settings.exchangeMillis();
        Client.ClientParameters parameters = new Client.ClientParameters()
                .host(node.host())
                .port(settings.address().streamPort())
                .virtualHost(settings.address().virtualHost())
                .username(settings.access().user())
                .password(settings.access().password())
                .eventLoopGroup(loop)
                .rpcTimeout(Duration.ofMillis(longest))
                .requestedHeartbeat(Duration.ofMillis(Math.max(1000, longest)))
                .requestedMaxFrameSize(LONGEST_FRAME)
                .codec(new StreamCodec())
                .bootstrapCustomizer(bootstrap -> bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, longest))
                .chunkListener((client, subscription, first, count, size) -> new StreamPiece.Arriving(first, count))
                .messageListener((subscription, offset, time, committed, arriving, message) ->
                        arrived(subscription, ((StreamPiece.Arriving) arriving).add(offset, (StreamMessage) message)))
                .publishConfirmListener(
                        (publisher, id) -> listener(publishers, publisher).confirmed(id))
                .publishErrorListener((publisher, id, code) ->
                        listener(publishers, publisher).lost(Failures.of(place + ": writing", code, null)))
                .metadataListener((stream, code) -> streamLost(stream))
                .shutdownListener(context -> end());
        if (settings.access().tls() != null) {
            parameters.sslContext(settings.access().tls());
        }
        this.client = call("connecting", () -> new Client(parameters));
    }

    /** Pieces may come before those who subscribe hear the number that is known here. */
    private void arrived(byte subscription, @Nullable StreamPiece piece) {
        if (piece != null && listener(subscriptions, subscription).came(piece)) {
            credit(subscription);
        }
    }

    private static StreamListener listener(Map<Byte, Member> members, byte id) {
        Member member = members.get(id);
        return member == null ? why -> {} : member.listener();
    }

    private void streamLost(String stream) {
        FairleadException why = away("stream " + stream + " moved or went");
        for (Map<Byte, Member> members : List.of(subscriptions, publishers)) {
            members.forEach((id, member) -> {
                if (member.stream().equals(stream) && members.remove(id, member)) {
                    member.listener().lost(why);
                }
            });
        }
        published.remove(stream);
    }

    private void end() {
        lost = true;
        FairleadException why = away("the connection is lost");
        for (Map<Byte, Member> members : List.of(subscriptions, publishers)) {
            members.forEach((id, member) -> {
                if (members.remove(id, member)) {
                    member.listener().lost(why);
                }
            });
        }
    }

    private FairleadException away(String what) {
        return new FairleadException(ErrorCode.UNREACHABLE, place + ": " + what);
    }

    /**
     * Whether another member finds room here, which is kept then if it is a publisher.
     *
     * @param stream that is to be published to, if one is
     */
    boolean hasRoom(@Nullable String stream) {
        return !lost
                && subscriptions.size() < MOST_MEMBERS
                && publishers.size() < MOST_MEMBERS
                && (stream == null || published.add(stream));
    }

    boolean isLost() {
        return lost;
    }

    private <T> T call(String what, Supplier<T> exchange) {
        return Uninterrupted.call(() -> {
            try {
                return exchange.get();
            } catch (StreamException e) {
                throw Failures.of(place + ": " + what, e);
            }
        });
    }

    private void check(String what, Supplier<Client.Response> exchange) {
        Client.Response response = call(what, exchange);
        if (!response.isOk()) {
            throw Failures.of(place + ": " + what, response.getResponseCode(), null);
        }
    }

    /** Creates the stream; returns the code of the response. */
    short create(String stream, Map<String, String> arguments) {
        return call("creating stream " + stream, () -> client.create(stream, arguments))
                .getResponseCode();
    }

    Client.@Nullable StreamMetadata metadata(String stream) {
        return call("a look at stream " + stream, () -> client.metadata(stream)).get(stream);
    }

    /** The highest id that the stream has of this name, 0 when there is none. */
    long sequence(String name, String stream) {
        return call("a look at stream " + stream, () -> client.queryPublisherSequence(name, stream));
    }

    byte subscribe(String stream, OffsetSpecification from, int credit, StreamListener listener) {
        byte id = add(subscriptions, new Member(stream, listener));
        try {
            check("reading stream " + stream, () -> client.subscribe(id, stream, from, credit));
            return id;
        } catch (FairleadException failure) {
            subscriptions.remove(id);
            throw failure;
        }
    }

    void credit(byte subscription) {
        try {
            client.credit(subscription, 1);
        } catch (RuntimeException e) {
            // The connection is lost, and its listeners hear so.
        }
    }

    void unsubscribe(byte subscription) {
        if (subscriptions.remove(subscription) != null && !lost) {
            quietly(() -> client.unsubscribe(subscription));
        }
    }

    /** A publisher under a name by which the server knows what it has already; its room was kept by {@link #hasRoom}. */
    byte publisher(String name, String stream, StreamListener listener) {
        byte id = add(publishers, new Member(stream, listener));
        try {
            check("writing stream " + stream, () -> client.declarePublisher(id, name, stream));
            return id;
        } catch (FairleadException failure) {
            publishers.remove(id);
            published.remove(stream);
            throw failure;
        }
    }

    void removePublisher(byte publisher) {
        Member removed = publishers.remove(publisher);
        if (removed != null) {
            if (!lost) {
                quietly(() -> client.deletePublisher(publisher));
            }
            published.remove(removed.stream());
        }
    }

    private synchronized byte add(Map<Byte, Member> members, Member member) {
        for (int tries = 0; tries <= 2 * MOST_MEMBERS; tries++) {
            byte id = next++;
            if (!lost && members.putIfAbsent(id, member) == null) {
                return id;
            }
        }
        throw away("no room for another member");
    }

    /** Sends one message, without waiting for anything but room in the socket. */
    void publish(byte publisher, Message message, long id) {
        call("writing", () -> client.publish(publisher, List.of(message), any -> id));
    }

    /** Sends several groups of messages, each of which the stream takes all or none, the first under the id and each other under the next. */
    void publishTogether(byte publisher, List<List<Message>> groups, long first) {
        long[] next = {first};
        List<MessageBatch> batches = groups.stream()
                .map(group -> new MessageBatch(Compression.NONE, group))
                .toList();
        call("writing", () -> client.publishBatches(publisher, batches, any -> next[0]++));
    }

    /** Sends several messages, the first under the id and each other under the next. */
    void publishEach(byte publisher, List<Message> messages, long first) {
        long[] next = {first};
        call("writing", () -> client.publish(publisher, messages, any -> next[0]++));
    }

    MessageBuilder messageBuilder() {
        return client.messageBuilder();
    }

    private static void quietly(Supplier<?> farewell) {
        try {
            Uninterrupted.call(farewell);
        } catch (RuntimeException e) {
            // Whatever is left ends with the connection.
        }
    }

    void close() {
        end();
        quietly(() -> {
            client.close();
            return true;
        });
    }
}
