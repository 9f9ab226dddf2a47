package dev.fairlead.node;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A call, as a route sees it. */
final class Exchange {
    private static final Pattern QUALITY = Pattern.compile("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)");

    private final Request request;
    private final Session session;
    private final Map<String, String> parameters;
    private final Bodies bodies;
    private byte @Nullable [] body;

    /**
     * What is taken of bodies.
     *
     * @param largest in bytes
     * @param patience after which one has to come at {@link PacedBody#PACE}
     */
    record Bodies(int largest, Duration patience) {}

    Exchange(Request request, Session session, Map<String, String> parameters, Bodies bodies) {
        this.request = request;
        this.session = session;
        this.parameters = parameters;
        this.bodies = bodies;
    }

    /** Who calls. */
    Caller caller() {
        return session.caller();
    }

    /** The caller, and for how long it is that. */
    Session session() {
        return session;
    }

    /** The address that the call came from. */
    String from() {
        return Request.getRemoteAddr(request);
    }

    /** Whether only the headers of the answer are wanted. */
    boolean isHead() {
        return request.getMethod().equals("HEAD");
    }

    /** A part of the path that the route's template names. */
    String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no parameter " + name);
        }
        return value;
    }

    /** The one header of this name; null when there is none. Fails with BAD_REQUEST when there are several. */
    @Nullable
    String header(String name) {
        return header(request, name);
    }

    /** All headers of this name as one list, as RFC 9110 lets them be joined; null when there is none. */
    @Nullable
    String list(String name) {
        return list(request, name);
    }

    static @Nullable String list(Request request, String name) {
        List<String> values = request.getHeaders().getValuesList(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    /** Whether the caller names this media type among those that it takes; one that names none takes all. */
    boolean accepts(String mediaType) {
        String accept = list("Accept");
        return Stream.of((accept == null ? "*/*" : accept).split(","))
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .anyMatch(mediaType::equals);
    }

    /**
     * Whether the caller would rather have this media type than JSON (RFC 9110, section 12.5.1): it names it, and JSON not or with less quality. Clients that
     * are made from the OpenAPI document name all that a route has, and read JSON.
     */
    boolean prefers(String mediaType) {
        return quality(mediaType) > quality(Json.TYPE);
    }

    private double quality(String mediaType) {
        String accept = list("Accept");
        return Stream.of((accept == null ? "" : accept).toLowerCase(Locale.ROOT).split(","))
                .map(each -> each.strip().split("\\s*;\\s*"))
                .filter(each -> each[0].equals(mediaType))
                .mapToDouble(Exchange::quality)
                .max()
                .orElse(0);
    }

    private static double quality(String... parameters) {
        return Stream.of(parameters)
                .filter(each -> QUALITY.matcher(each).matches())
                .mapToDouble(each -> Double.parseDouble(each.substring(2)))
                .findFirst()
                .orElse(1);
    }

    static @Nullable String header(Request request, String name) {
        List<String> values = request.getHeaders().getValuesList(name);
        if (values.size() > 1) {
            throw new Problem(ProblemType.BAD_REQUEST, "there is more than one header " + name);
        }
        return values.isEmpty() ? null : values.getFirst().strip();
    }

    /** The values of the query by name; fails with BAD_REQUEST for other names than these, and for a name that comes twice. */
    Map<String, String> query(String... known) {
        Map<String, String> values = new HashMap<>();
        String query = Objects.requireNonNullElse(request.getHttpURI().getQuery(), "");
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] pair = part.replace('+', ' ').split("=", 2);
            String name = PathSegments.decoded(pair[0]);
            if (!Set.of(known).contains(name)) {
                throw new Problem(
                        ProblemType.BAD_REQUEST,
                        "the query has a parameter that is not known here (known: " + String.join(", ", known) + ")");
            }
            if (values.put(name, pair.length == 1 ? "" : PathSegments.decoded(pair[1])) != null) {
                throw new Problem(ProblemType.BAD_REQUEST, "the query says " + name + " twice");
            }
        }
        return values;
    }

    /** The media type of the body, without parameters and in small letters; empty when the header says none. */
    String mediaType() {
        String type = header("Content-Type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The body, which must be JSON by its header. Blocks until it is here. */
    byte[] json() {
        if (!mediaType().equals(Json.TYPE)) {
            throw new Problem(ProblemType.MEDIA_TYPE, "say Content-Type: " + Json.TYPE);
        }
        return body();
    }

    /** How many bytes the body has as it is sent; negative when the header does not say. */
    long length() {
        return request.getLength();
    }

    /** The body as it is meant, unpacked where the header says that it is packed; not to be changed. Blocks until it is here. */
    byte[] body() {
        return body(bodies.largest());
    }

    /** The same with another limit than bodies usually have. */
    byte[] body(int largest) {
        byte[] read = body;
        if (read == null) {
            read = readBody(largest);
            body = read;
        }
        return read;
    }

    private byte[] readBody(int largest) {
        if (request.getLength() > largest) {
            throw tooLarge(largest);
        }
        try (InputStream stream = new PacedBody(Content.Source.asInputStream(request), bodies.patience())) {
            byte[] sent = limited(stream, largest);
            try (InputStream meant = Packing.unpacking(list("Content-Encoding"), new ByteArrayInputStream(sent))) {
                return limited(meant, largest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the body did not come whole", e);
        }
    }

    private static byte[] limited(InputStream stream, int largest) throws IOException {
        byte[] bytes = stream.readNBytes(largest + 1);
        if (bytes.length > largest) {
            throw tooLarge(largest);
        }
        return bytes;
    }

    private static Problem tooLarge(int largest) {
        return new Problem(ProblemType.TOO_LARGE, "allowed are " + largest + " bytes");
    }
}
