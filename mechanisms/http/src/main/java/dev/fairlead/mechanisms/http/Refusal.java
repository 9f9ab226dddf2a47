package dev.fairlead.mechanisms.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Why a node did not do what it was asked: a problem of RFC 9457, by the last part of its type.
 *
 * @param isPassing whether nothing was done, and the same may be done soon
 */
record Refusal(ErrorCode code, String detail, boolean isPassing) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST = 2_000;
    private static final Set<Integer> PASSING = Set.of(408, 429, 503); // too slow, too often, not now

    private static final Map<String, ErrorCode> CODES = Map.ofEntries(
            Map.entry("claim-over", ErrorCode.FENCED),
            Map.entry("not-defined", ErrorCode.PLAN),
            Map.entry("bad-value", ErrorCode.BAD_VALUE),
            Map.entry("bad-request", ErrorCode.BAD_VALUE),
            Map.entry("too-large", ErrorCode.BAD_VALUE),
            Map.entry("capability", ErrorCode.CAPABILITY),
            Map.entry("damaged", ErrorCode.STORAGE_DAMAGED),
            Map.entry("storage-full", ErrorCode.STORAGE_FULL),
            Map.entry("outcome-unknown", ErrorCode.OUTCOME_UNKNOWN),
            Map.entry("unauthenticated", ErrorCode.PLAN),
            Map.entry("unknown-service", ErrorCode.PLAN),
            Map.entry("not-declared", ErrorCode.PLAN),
            Map.entry("not-owner", ErrorCode.PLAN),
            Map.entry("not-operator", ErrorCode.PLAN),
            Map.entry("foreign-origin", ErrorCode.PLAN),
            Map.entry("not-found", ErrorCode.CAPABILITY), // a node of an older version
            Map.entry("method-not-allowed", ErrorCode.CAPABILITY));

    /** What the answer says; one that is no problem comes from somebody between here and the node, and is taken as passing when its status is. */
    static Refusal of(int status, byte[] body) {
        String type = "";
        String detail = "status " + status;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("type")) {
                    type = json.getString();
                } else if (name.equals("detail")) {
                    detail = json.getString();
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            detail += ", and no problem is described: "
                    + new String(body, 0, Math.min(body.length, 100), UTF_8).replaceAll("\\p{Cntrl}", " ");
        }
        ErrorCode code = CODES.get(type.substring(type.lastIndexOf('/') + 1));
        boolean isPassing = code == null && PASSING.contains(status);
        ErrorCode otherwise = isPassing ? ErrorCode.UNREACHABLE : ErrorCode.INTERNAL;
        return new Refusal(
                code == null ? otherwise : code, detail.substring(0, Math.min(detail.length(), LONGEST)), isPassing);
    }

    FairleadException failure() {
        return new FairleadException(code, detail);
    }
}
