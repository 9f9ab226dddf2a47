package dev.fairlead.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fairlead.node.description.NodeDescription;
import io.apicurio.datamodels.Library;
import io.apicurio.datamodels.models.asyncapi.v30.AsyncApi30Document;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents by which a node describes itself: well formed, complete, and for each caller its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescriptionTest {
    static final String OPENAPI_SCHEMA = "spec.openapis.org/oas/3.1/schema/2022-10-07";
    static final String ASYNCAPI_SCHEMA = "asyncapi/3.0.0.json";
    private static final Pattern ROUTE = Pattern.compile("(?m)^([A-Z]+) +(/\\S*)");
    private static final List<String[]> CALLERS =
            List.of(new String[0], new String[] {Caller.HEADER, "shop"}, new String[] {Caller.HEADER, "reader"});

    /** Paths that are described in no document, with all below them, and why. */
    private static final Map<String, String> NOT_OF_ITEMS = Map.of(
            "/", "a list of the routes, for people",
            "/openapi.json", "the document itself",
            "/asyncapi.json", "a document of its own form",
            "/docs", "both documents, for people",
            "/livez", "for whoever starts and stops nodes, who knows nothing of the plan",
            "/readyz", "for whoever starts and stops nodes, who knows nothing of the plan",
            "/metrics", "in the form of Prometheus, which has a description of its own",
            "/problems", "what an error means, for people",
            "/mechanism", "messages of bytes between nodes and the mechanism http, whose form is their own");

    private RunningNode node;

    @BeforeAll
    void start(@TempDir Path place) {
        node = RunningNode.in(place, DescribedPlan.in(place), NodeTimes.defaults());
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void readersOfOpenApiFindNothingWrong() throws IOException {
        for (String[] caller : CALLERS) {
            String text = node.get("/openapi.json", caller).body();
            ParseOptions options = new ParseOptions();
            options.setResolve(true);
            options.setResolveFully(true);

            SwaggerParseResult read = new OpenAPIV3Parser().readContents(text, null, options);

            assertThat(read.getMessages()).isEmpty();
            assertThat(faults(OPENAPI_SCHEMA, document("/openapi.json", caller)))
                    .isEmpty();
            assertThat(read.getOpenAPI().getPaths().values().stream()
                            .flatMap(path -> path.readOperations().stream())
                            .map(Operation::getOperationId))
                    .hasSizeGreaterThan(10)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void readersOfAsyncApiFindNothingWrong() throws IOException {
        for (String[] caller : CALLERS) {
            ObjectNode document = document("/asyncapi.json", caller);
            AsyncApi30Document read = (AsyncApi30Document) Library.readDocumentFromJSONString(document.toString());

            assertThat(Library.validate(read, null)).isEmpty();
            assertThat(faults(ASYNCAPI_SCHEMA, document)).isEmpty();
            assertThat(document.get("channels").propertyNames()).contains("shop.string", "shop.sale");
        }
    }

    @Test
    void thoseReadersWouldFindAFault() throws IOException {
        ObjectNode openApi = document("/openapi.json");
        ((ObjectNode) openApi.at("/paths/~1items~1shop~1string/get")).put("responses", 200);
        ObjectNode asyncApi = document("/asyncapi.json");
        ((ObjectNode) asyncApi.at("/operations/changes_shop.string")).put("action", "shout");

        assertThat(faults(OPENAPI_SCHEMA, openApi)).isNotEmpty();
        assertThat(faults(ASYNCAPI_SCHEMA, asyncApi)).isNotEmpty();
    }

    @Test
    void everyRouteIsDescribedOrTheListSaysWhyNot() {
        List<String> ofItems = ROUTE.matcher(node.get("/").body())
                .results()
                .filter(route -> NOT_OF_ITEMS.keySet().stream().noneMatch(path -> isBelow(path, route.group(2))))
                .map(route -> route.group(1) + " " + route.group(2))
                .toList();

        assertThat(NodeDescription.describedRoutes().stream().distinct()).containsExactlyInAnyOrderElementsOf(ofItems);
    }

    private static boolean isBelow(String path, String route) {
        return route.equals(path) || (!path.equals("/") && route.startsWith(path + "/"));
    }

    @Test
    void eachCallerSeesWhatItMayUseAndNothingElse() {
        String[] reader = CALLERS.getLast();
        for (String path : List.of("/openapi.json", "/asyncapi.json", "/docs")) {
            assertThat(node.get(path, reader).body())
                    .contains("shop.string", "payment")
                    .doesNotContain("shop.level", "shop.region", "dead-letter", "2nd-try", "in-transit");
            assertThat(node.get(path, Caller.HEADER, "nobody").statusCode()).isEqualTo(403);
        }
        JsonNode document = document("/openapi.json", reader);
        assertThat(document.get("paths").propertyNames())
                .containsExactly(
                        "/items/shop/string",
                        "/items/shop/string/{key}",
                        "/changes/shop/string",
                        "/events/shop/sale",
                        "/events/shop/sale/{key}",
                        "/leases/shop/sale",
                        "/leases/shop/sale/{lease}/acknowledge",
                        "/leases/shop/sale/{lease}/give-back",
                        "/leases/shop/sale/{lease}/set-aside",
                        "/requests/shop/quote",
                        "/requests/shop/submit-card");
        assertThat(document.at("/paths/~1items~1shop~1string~1{key}").propertyNames())
                .containsExactly("get");
        assertThat(document.at("/components/schemas/shop.string/properties").propertyNames())
                .containsExactly("select", "order", "payment");
        assertThat(document.at("/components/schemas/shop.quote_answer/properties")
                        .propertyNames())
                .containsExactly("amount");
        assertThat(document("/openapi.json", CALLERS.get(1)).get("paths").propertyNames())
                .contains("/items/shop/level")
                .doesNotContain("/dead-letters/shop/submit-card");
        assertThat(document("/openapi.json").get("paths").propertyNames()).contains("/dead-letters/shop/submit-card");
    }

    @Test
    void whoMustProveWhoHeIsIsToldHow(@TempDir Path place) {
        try (RunningNode guarded = RunningNode.guarded(place, Guarded.in(place).file())) {
            assertThat(guarded.get("/openapi.json").statusCode()).isEqualTo(401);
            assertThat(guarded.get("/docs").statusCode()).isEqualTo(401);
            JsonNode document = RunningNode.json(guarded.get("/openapi.json", Guarded.byKey("billing")));

            assertThat(document.get("info").get("title").asString()).startsWith("billing");
            assertThat(document.at("/components/securitySchemes").propertyNames())
                    .containsExactly("token", "certificate");
            assertThat(document.at("/paths/~1items~1profile~1profile/get/responses")
                            .propertyNames())
                    .contains("401");
        }
    }

    @Test
    void aDocumentThatIsKnownIsNotSentAgain() {
        HttpResponse<String> first = node.get("/openapi.json");
        HttpResponse<String> again = node.get("/openapi.json", "If-None-Match", RunningNode.header(first, "ETag"));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(node.get("/openapi.json?x=1").statusCode()).isEqualTo(400);
    }

    @Test
    void textFromThePlanIsOnlyTextInThePage() {
        HttpResponse<String> page = node.get("/docs", CALLERS.getLast());

        assertThat(page.body()).contains("&lt;script&gt;alert(1)").doesNotContain("<script");
        assertThat(RunningNode.header(page, "Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
    }

    private ObjectNode document(String path, String... caller) {
        return (ObjectNode) RunningNode.json(node.get(path, caller));
    }

    static List<String> faults(String schema, JsonNode document) throws IOException {
        try (InputStream read = opened(schema)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(read)
                    .validate(document)
                    .stream()
                    .map(Error::toString)
                    .toList();
        }
    }

    /** From the class path, or else as the module that generates from plans holds it. */
    private static InputStream opened(String schema) throws IOException {
        InputStream found = DescriptionTest.class.getClassLoader().getResourceAsStream(schema);
        return found == null
                ? Files.newInputStream(RouteListTest.docs().resolveSibling("generate/src/test/resources/" + schema))
                : found;
    }
}
