package dev.fairlead.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes small JSON Schemas, small changes of them, and a universe of documents, from one seed. */
final class RandomSchemas {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TYPES =
            List.of("null", "boolean", "integer", "number", "string", "array", "object");
    private static final List<JsonNode> PLAIN = plain();

    private final Random random;

    RandomSchemas(Random random) {
        this.random = random;
    }

    private static List<JsonNode> plain() {
        List<JsonNode> plain = new ArrayList<>();
        JsonMapper.shared()
                .readTree(
                        "[null,true,false,0,1,2,3,-1,0.5,1.5,2.5,\"\",\"a\",\"bb\",\"ccc\",\"0\",[],[1],[\"a\",1],[0.5],{}]")
                .forEach(plain::add);
        return plain;
    }

    ObjectNode schema(int depth) {
        ObjectNode schema = NODES.objectNode();
        int keywords = 1 + random.nextInt(3);
        for (int number = 0; number < keywords; number++) {
            keyword(schema, depth);
        }
        return schema;
    }

    private void keyword(ObjectNode schema, int depth) {
        switch (random.nextInt(depth <= 0 ? 9 : 16)) {
            case 0, 1 -> schema.put("type", TYPES.get(random.nextInt(TYPES.size())));
            case 2 -> {
                ArrayNode types = schema.putArray("type");
                types.add(TYPES.get(random.nextInt(3))).add(TYPES.get(3 + random.nextInt(4)));
            }
            case 3 -> schema.put(pick("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), random.nextInt(4));
            case 4 -> schema.put(pick("minLength", "maxLength", "minItems", "maxItems"), random.nextInt(3));
            case 5 -> schema.set("const", PLAIN.get(random.nextInt(PLAIN.size())));
            case 6 -> schema.putArray("enum").add(PLAIN.get(random.nextInt(9))).add(PLAIN.get(9 + random.nextInt(9)));
            case 7 -> schema.putArray("required").add(pick("a", "b"));
            case 8 -> schema.put("multipleOf", 1 + random.nextInt(2));
            case 9, 10 -> {
                ObjectNode properties = schema.putObject("properties");
                properties.set("a", schema(depth - 1));
                if (random.nextBoolean()) {
                    properties.set("b", schema(depth - 1));
                }
            }
            case 11 -> schema.put("additionalProperties", false);
            case 12 -> schema.set("additionalProperties", schema(depth - 1));
            case 13 -> schema.set("items", schema(depth - 1));
            case 14 ->
                schema.putArray(pick("anyOf", "oneOf", "allOf"))
                        .add(schema(depth - 1))
                        .add(schema(depth - 1));
            default -> {
                schema.set("if", schema(depth - 1));
                schema.set("then", schema(depth - 1));
            }
        }
    }

    private String pick(String... words) {
        return words[random.nextInt(words.length)];
    }

    JsonNode changed(JsonNode schema) {
        ObjectNode changed = schema.deepCopy().asObject();
        switch (random.nextInt(4)) {
            case 0 -> changed.without(List.copyOf(changed.propertyNames()).get(random.nextInt(changed.size())));
            case 1 -> keyword(changed, 1);
            case 2 -> {
                ObjectNode wrapped = NODES.objectNode();
                wrapped.putArray(pick("anyOf", "oneOf", "allOf")).add(changed).add(schema(1));
                return wrapped;
            }
            default -> {
                changed.without(List.copyOf(changed.propertyNames()).get(random.nextInt(changed.size())));
                keyword(changed, 1);
            }
        }
        return changed;
    }

    /** All plain values, and objects of one or two members with them. */
    List<JsonNode> documents() {
        List<JsonNode> documents = new ArrayList<>(PLAIN);
        for (JsonNode value : PLAIN) {
            documents.add(NODES.objectNode().set("a", value));
            documents.add(NODES.objectNode().set("b", value));
            documents.add(NODES.objectNode().set("c", value));
            documents.add(NODES.arrayNode().add(value).add(value));
            for (int number = 0; number < 4; number++) {
                JsonNode other = PLAIN.get(random.nextInt(PLAIN.size()));
                documents.add(NODES.objectNode().<ObjectNode>set("a", value).set(pick("b", "c"), other));
            }
        }
        return documents;
    }
}
