package dev.fairlead.node.description;

import dev.fairlead.planner.report.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents of a node as one page for people, made of them and of nothing else; it needs no script and no network. */
final class DocumentPage {
    private static final String STYLE = resource("page.css");

    /** Nothing but the page's own style sheet, named by its hash. */
    static final String POLICY = "default-src 'none'; style-src '" + Html.policyName(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ObjectNode openApi;
    private final ObjectNode asyncApi;
    private final Html page = new Html();

    private DocumentPage(ObjectNode openApi, ObjectNode asyncApi) {
        this.openApi = openApi;
        this.asyncApi = asyncApi;
    }

    static String of(ObjectNode openApi, ObjectNode asyncApi) {
        return new DocumentPage(openApi, asyncApi).write();
    }

    private String write() {
        String title = openApi.at("/info/title").asString();
        page.trusted("<!doctype html>\n").open("html", "lang", "en").open("head");
        page.trusted("<meta charset=\"utf-8\">\n");
        page.trusted("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.element("title", title)
                .open("style")
                .trusted(STYLE)
                .close("style")
                .close("head")
                .open("body");
        page.open("header").element("h1", title);
        page.element("p", openApi.at("/info/description").asString());
        page.open("p", "class", "hint");
        page.element("a", "openapi.json", "href", "/openapi.json")
                .text("for clients, ")
                .element("a", "asyncapi.json", "href", "/asyncapi.json")
                .text("for streams. What each error means stands behind its type: /problems/NAME.");
        page.close("p").close("header").open("main");
        contents();
        openApi.get("tags").forEach(this::item);
        page.close("main").close("body").close("html");
        return page.markup();
    }

    private void contents() {
        page.open("nav");
        for (JsonNode item : openApi.get("tags")) {
            String name = item.get("name").asString();
            page.element("a", name, "href", "#" + name);
        }
        page.close("nav");
    }

    private void item(JsonNode tag) {
        String name = tag.get("name").asString();
        page.open("section", "id", name).element("h2", name);
        page.element("p", tag.get("description").asString());
        openApi.at("/components/schemas").properties().stream()
                .filter(schema -> isOf(name, schema.getKey()))
                .forEach(this::fields);
        for (Map.Entry<String, JsonNode> path : openApi.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (method.getValue().at("/tags/0").asString().equals(name)) {
                    operation(path.getKey(), method);
                }
            }
        }
        stream(asyncApi.path("channels").path(name));
        page.close("section");
    }

    /** What the item itself holds, and not what the node writes around it. */
    private static boolean isOf(String item, String schema) {
        return schema.equals(item)
                || schema.startsWith(item + ".")
                || List.of(item + "_question", item + "_answer").contains(schema);
    }

    private void fields(Map.Entry<String, JsonNode> schema) {
        page.open("div", "class", "scroll").open("table");
        page.element("caption", schema.getKey());
        head("Field", "Type", "");
        page.open("tbody");
        for (Map.Entry<String, JsonNode> field :
                schema.getValue().path("properties").properties()) {
            page.open("tr").open("td").element("code", field.getKey()).close("td");
            page.element("td", SchemaWords.of(field.getValue())).element("td", SchemaWords.remarks(field));
            page.close("tr");
        }
        page.close("tbody").close("table").close("div");
    }

    private void head(String... titles) {
        page.open("thead").open("tr");
        for (String title : titles) {
            page.element("th", title, "scope", "col");
        }
        page.close("tr").close("thead");
    }

    private void operation(String path, Map.Entry<String, JsonNode> method) {
        JsonNode operation = method.getValue();
        page.open("details").open("summary");
        page.element("b", method.getKey().toUpperCase(Locale.ROOT), "class", "method " + method.getKey());
        page.element("code", path).element("span", operation.get("summary").asString(), "class", "what");
        page.close("summary");
        parameters(operation.path("parameters"));
        body(operation.at("/requestBody/content"));
        answers(operation.get("responses"));
        page.close("details");
    }

    private void parameters(JsonNode parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        page.element("h3", "Parameters")
                .open("div", "class", "scroll")
                .open("table")
                .open("tbody");
        for (JsonNode each : parameters) {
            JsonNode parameter = resolved(each);
            page.open("tr")
                    .open("td")
                    .element("code", parameter.get("name").asString())
                    .close("td");
            page.element(
                    "td",
                    parameter.get("in").asString() + (parameter.path("required").asBoolean() ? "" : ", optional"));
            page.element("td", SchemaWords.of(parameter.get("schema")));
            page.element("td", parameter.path("description").asString("")).close("tr");
        }
        page.close("tbody").close("table").close("div");
    }

    private JsonNode resolved(JsonNode part) {
        return part.has("$ref") ? openApi.at(part.get("$ref").asString().substring(1)) : part;
    }

    private void body(JsonNode content) {
        if (!content.isMissingNode()) {
            page.element("h3", "Body");
            forms(content);
        }
    }

    private void forms(JsonNode content) {
        page.open("ul", "class", "forms");
        for (Map.Entry<String, JsonNode> form : content.properties()) {
            page.open("li")
                    .element("code", form.getKey())
                    .text(" " + SchemaWords.of(form.getValue().get("schema")));
            page.close("li");
        }
        page.close("ul");
    }

    private void answers(JsonNode answers) {
        page.element("h3", "Answers")
                .open("div", "class", "scroll")
                .open("table")
                .open("tbody");
        for (Map.Entry<String, JsonNode> answer : answers.properties()) {
            page.open("tr").element("td", answer.getKey(), "class", "status");
            page.open("td").text(answer.getValue().get("description").asString());
            Optional.of(answer.getValue().path("content"))
                    .filter(content -> !content.isEmpty() && !content.has(Operation.PROBLEM))
                    .ifPresent(this::forms);
            headers(answer.getValue().path("headers"));
            page.close("td").close("tr");
        }
        page.close("tbody").close("table").close("div");
    }

    private void headers(JsonNode headers) {
        if (!headers.isEmpty()) {
            page.element("p", "Headers: " + String.join(", ", headers.propertyNames()), "class", "hint");
        }
    }

    private void stream(JsonNode channel) {
        if (channel.isMissingNode()) {
            return;
        }
        page.element(
                "p",
                "Stream at " + channel.get("address").asString() + ": "
                        + String.join(", ", channel.path("messages").propertyNames()),
                "class",
                "hint");
    }

    private static String resource(String name) {
        try (InputStream in = DocumentPage.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
