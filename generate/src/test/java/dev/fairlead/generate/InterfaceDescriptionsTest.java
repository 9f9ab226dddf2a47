package dev.fairlead.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.apicurio.datamodels.Library;
import io.apicurio.datamodels.models.asyncapi.v30.AsyncApi30Document;
import io.apicurio.datamodels.validation.ValidationProblem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class InterfaceDescriptionsTest {
    private static final String ASYNCAPI_SCHEMA = "asyncapi/3.0.0.json";

    @TempDir
    Path folder;

    private List<GeneratedFile> files;

    @BeforeEach
    void generate() {
        files = Generator.generate(TestPlans.hostile(folder), Choice.everything())
                .files();
    }

    @Test
    void aReaderOfAsyncApiFindsNothingWrong() {
        for (String service : List.of("shop", "new")) {
            assertThat(asyncApiFaults(document(service + "/asyncapi/asyncapi.json")))
                    .isEmpty();
        }
    }

    @Test
    void thatReaderWouldFindAFault() {
        ObjectNode document = document("shop/asyncapi/asyncapi.json");
        ((ObjectNode) document.get("operations").get("send.shop.sale")).put("action", "shout");

        assertThat(asyncApiFaults(document)).singleElement().asString().contains("'shout' is invalid");
    }

    @Test
    void theSpecificationsOwnSchemaAcceptsTheAsyncApi() {
        for (String service : List.of("shop", "new")) {
            assertThat(Schemas.faultsOf(ASYNCAPI_SCHEMA, document(service + "/asyncapi/asyncapi.json")))
                    .isEmpty();
        }
    }

    @Test
    void thatSchemaWouldFindAFaultInTheAsyncApi() {
        ObjectNode document = document("shop/asyncapi/asyncapi.json");
        ((ObjectNode) document.get("operations").get("send.shop.sale")).put("action", "shout");
        ObjectNode nameless = document("shop/asyncapi/asyncapi.json");
        ((ObjectNode) nameless.get("info")).remove("title");

        assertThat(Schemas.faultsOf(ASYNCAPI_SCHEMA, document)).isNotEmpty();
        assertThat(Schemas.faultsOf(ASYNCAPI_SCHEMA, nameless)).isNotEmpty();
    }

    @Test
    void anOwnerSendsAndAReaderReceivesAndTheOtherWayRoundForWhatIsTold() {
        assertThat(document("shop/asyncapi/asyncapi.json").get("operations").propertyNames())
                .containsExactly("send.shop.string", "send.shop.enum", "send.shop.sale", "receive.shop.submit-card");
        assertThat(document("new/asyncapi/asyncapi.json").get("operations").propertyNames())
                .containsExactly(
                        "receive.shop.string", "receive.shop.enum", "receive.shop.sale", "send.shop.submit-card");
    }

    @Test
    void theSpecificationsOwnSchemaAcceptsTheOpenApi() {
        assertThat(openApiFaults(document("shop/openapi/openapi.json"))).isEmpty();
    }

    @Test
    void thatSchemaWouldFindAFault() {
        ObjectNode document = document("shop/openapi/openapi.json");
        ((ObjectNode) document.at("/paths/~1quote/post")).put("responses", 200);

        assertThat(openApiFaults(document)).isNotEmpty();
    }

    @Test
    void aReaderOfOpenApiFindsAllReferences() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        String text = document("shop/openapi/openapi.json").toString();

        SwaggerParseResult result = new OpenAPIV3Parser().readContents(text, null, options);

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths().keySet())
                .containsExactlyInAnyOrder("/string/{select}", "/enum/{region}", "/quote");
        assertThat(result.getOpenAPI().getPaths().values())
                .flatExtracting(path -> path.readOperations())
                .extracting(operation -> operation.getOperationId())
                .containsExactlyInAnyOrder("look-up-string", "look-up-enum", "ask-quote");
    }

    @Test
    void aServiceThatAnswersNothingHasNoOpenApi() {
        assertThat(files).extracting(GeneratedFile::path).noneMatch(path -> path.startsWith("new/openapi/"));
    }

    private ObjectNode document(String path) {
        return (ObjectNode) Schemas.content(files, path);
    }

    private static List<String> asyncApiFaults(JsonNode document) {
        AsyncApi30Document read = (AsyncApi30Document) Library.readDocumentFromJSONString(document.toString());
        return Library.validate(read, null).stream()
                .map(InterfaceDescriptionsTest::text)
                .toList();
    }

    private static String text(ValidationProblem problem) {
        return problem.errorCode + " " + problem.nodePath + " " + problem.message;
    }

    private static List<String> openApiFaults(JsonNode document) {
        return Schemas.faultsOf("spec.openapis.org/oas/3.1/schema/2022-10-07", document);
    }
}
