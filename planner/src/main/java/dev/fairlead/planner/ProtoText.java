package dev.fairlead.planner;

import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a plan needs to know of a Protobuf file: what it imports, and which fields its first message has.
 *
 * <p>Everything else of the file, and whether it is well formed, is judged where versions are compared.
 */
final class ProtoText {
    /** Brackets in brackets; parsers of the language go down as deep. */
    private static final int DEPTH = 50;

    private static final Pattern TOKEN = Pattern.compile("//[^\\n]*+|(?s:/\\*.*?\\*/)|\"(?:[^\"\\\\\\n]++|\\\\.)*+\""
            + "|'(?:[^'\\\\\\n]++|\\\\.)*+'|[A-Za-z_.][A-Za-z0-9_.]*+|[0-9][A-Za-z0-9_.]*+|\\S");
    private static final Set<String> BLOCKS = Set.of("message", "enum", "extend");
    private static final Set<String> SENTENCES = Set.of("option", "reserved", "extensions");
    private static final Set<String> LABELS = Set.of("optional", "required", "repeated");

    private final List<String> tokens = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private int next;

    ProtoText(String text) {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            String token = matcher.group();
            if (!token.startsWith("//") && !token.startsWith("/*")) {
                tokens.add(token);
            }
        }
    }

    /** Whether its brackets stand so deep in one another that it is not to be read. */
    boolean isTooDeep() {
        int depth = 0;
        for (String token : tokens) {
            depth += "{[(<".contains(token) ? 1 : "}])>".contains(token) ? -1 : 0;
            if (depth > DEPTH) {
                return true;
            }
        }
        return false;
    }

    /** The paths of the files that it imports. */
    List<String> imports() {
        List<String> imports = new ArrayList<>();
        for (int index = 0; index + 2 < tokens.size(); index++) {
            boolean isSentence = index == 0 || Set.of(";", "}").contains(tokens.get(index - 1));
            if (isSentence && tokens.get(index).equals("import")) {
                String path = tokens.get(index + 1);
                boolean isMarked = path.equals("public") || path.equals("weak");
                String quoted = isMarked ? tokens.get(index + 2) : path;
                if (quoted.length() > 2) {
                    imports.add(quoted.substring(1, quoted.length() - 1));
                }
            }
        }
        return imports;
    }

    /** The fields of the first message, those of its choices among them. */
    List<Field> members() {
        while (next < tokens.size() && !peek().equals("message")) {
            skip();
        }
        next += 2;
        if (take("{")) {
            body(false);
        }
        return List.copyOf(fields);
    }

    private void body(boolean isChoice) {
        while (next < tokens.size() && !peek().equals("}")) {
            if (BLOCKS.contains(peek())
                            && next + 2 < tokens.size()
                            && tokens.get(next + 2).equals("{")
                    || SENTENCES.contains(peek())) {
                skip();
            } else if (peek().equals("oneof")
                    && next + 2 < tokens.size()
                    && tokens.get(next + 2).equals("{")) {
                next += 3;
                body(true);
                next++;
            } else {
                field(isChoice);
            }
        }
    }

    /** Passes over a sentence: up to its semicolon, or the end of its block. */
    private void skip() {
        int depth = 0;
        while (next < tokens.size()) {
            String token = tokens.get(next++);
            depth += token.equals("{") ? 1 : token.equals("}") ? -1 : 0;
            if (depth == 0 && (token.equals(";") || token.equals("}"))) {
                return;
            }
        }
    }

    private void field(boolean isChoice) {
        int start = next;
        String label = LABELS.contains(peek()) ? tokens.get(next++) : "";
        String type = next < tokens.size() ? tokens.get(next++) : "";
        boolean isMap = type.equals("map") && next < tokens.size() && peek().equals("<");
        while (isMap && next < tokens.size() && !take(">")) {
            next++;
        }
        String name = next < tokens.size() ? peek() : "";
        next = start;
        skip();
        boolean isPlain = !isMap && !label.equals("repeated");
        FieldType read = isPlain ? type(type) : FieldType.Scalar.STRING;
        boolean isOptional = isChoice || label.equals("optional");
        if (Names.isField(name) && fields.stream().noneMatch(each -> each.name().equals(name))) {
            fields.add(Field.of(name, isOptional ? new FieldType.Optional(read) : read));
        }
    }

    private static FieldType type(String type) {
        return switch (type) {
            case "bool" -> FieldType.Scalar.BOOL;
            case "int32", "sint32", "sfixed32" -> FieldType.Scalar.INT32;
            case "int64", "sint64", "sfixed64", "uint32", "fixed32", "uint64", "fixed64" -> FieldType.Scalar.INT64;
            case "float", "double" -> FieldType.Scalar.FLOAT64;
            case "bytes" -> FieldType.Scalar.BYTES;
            default -> FieldType.Scalar.STRING;
        };
    }

    private String peek() {
        return tokens.get(next);
    }

    private boolean take(String wanted) {
        boolean isThere = next < tokens.size() && peek().equals(wanted);
        next += isThere ? 1 : 0;
        return isThere;
    }
}
