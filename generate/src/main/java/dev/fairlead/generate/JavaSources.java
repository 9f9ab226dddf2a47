package dev.fairlead.generate;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.fairlead.api.EventItem;
import dev.fairlead.api.Item;
import dev.fairlead.api.RequestItem;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.TellItem;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.ServicePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.lang.model.element.Modifier;

/** The Java files of one service: a type for each item that it owns or needs, and the handles in {@code Items}. */
final class JavaSources {
    private static final String ITEMS = "Items";

    private final ServicePlan service;
    private final List<Seen> seen;
    private final String name;
    private final Set<String> taken = new HashSet<>();
    private final List<String> constants = new ArrayList<>();
    private final List<GeneratedFile> files = new ArrayList<>();
    private final TypeSpec.Builder items = TypeSpec.classBuilder(ITEMS)
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addMethod(MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PRIVATE)
                    .build());

    private JavaSources(ServicePlan service, List<Seen> seen, String javaPackage) {
        this.service = service;
        this.seen = seen;
        this.name = javaPackage + "." + JavaNames.packageOf(service.name());
    }

    static List<GeneratedFile> of(ServicePlan service, List<Seen> seen, String javaPackage) {
        return new JavaSources(service, seen, javaPackage).write();
    }

    private List<GeneratedFile> write() {
        List<String> names = seen.stream().map(each -> each.id().name()).toList();
        for (Seen each : seen) {
            boolean isAlone = Collections.frequency(names, each.id().name()) == 1;
            item(
                    each,
                    isAlone
                            ? each.id().name()
                            : each.id().owner() + "-" + each.id().name());
        }
        items.addJavadoc("The items that the service $L owns or needs, as handles.\n", service.name());
        items.addMethod(all());
        file(items.build());
        String text =
                "/** What the service " + service.name() + " owns and needs, made from its plan. */\n@NullMarked\n"
                        + "package " + name + ";\n\nimport org.jspecify.annotations.NullMarked;\n";
        files.add(new GeneratedFile(path("package-info"), text));
        return files;
    }

    private void item(Seen item, String words) {
        switch (item.content()) {
            case Content.State state -> state(item, state, words);
            case Content.Events events -> {
                ClassName type = type(words);
                file(new ItemTypes(type).events(events.events(), item.description()));
                handle(item, words, EventItem.class, List.of(eventKey(item), type));
            }
            case Content.Request request -> {
                Fields answer = request.answer();
                if (answer == null) {
                    ClassName told = record(words, request.question(), item.description());
                    handle(item, words, TellItem.class, List.of(told));
                } else {
                    ClassName asked =
                            record(words + "-question", request.question(), "A question of " + item.id() + ".");
                    ClassName answered = record(words, answer, item.description());
                    handle(item, words, RequestItem.class, List.of(asked, answered));
                }
            }
        }
    }

    private void state(Seen item, Content.State state, String words) {
        ClassName type = type(words);
        ItemTypes types = new ItemTypes(type);
        file(types.record(state.fields(), item.description()));
        Field key = ((Content.State) item.share().content()).keyField();
        boolean isSeen = state.fields().field(key.name()).isPresent();
        handle(item, words, StateItem.class, List.of(isSeen ? types.typeOf(key).box() : keyType(key.type()), type));
    }

    /** The type of a key of which this service has no field, or none of its own. */
    private static TypeName keyType(FieldType key) {
        return switch (key) {
            case FieldType.Scalar.INT32 -> ClassName.get(Integer.class);
            case FieldType.Scalar.INT64 -> ClassName.get(Long.class);
            case FieldType.Scalar.UUID -> ClassName.get(UUID.class);
            default -> ClassName.get(String.class);
        };
    }

    private static TypeName eventKey(Seen item) {
        return Keys.ofEvents((Content.Events) item.share().content()).stream()
                .map(JavaSources::keyType)
                .findFirst()
                .orElse(ClassName.get(String.class));
    }

    private ClassName record(String words, Fields fields, String description) {
        ClassName type = type(words);
        file(new ItemTypes(type).record(fields, description));
        return type;
    }

    private ClassName type(String words) {
        return ClassName.get(name, JavaNames.type(words, taken));
    }

    private void handle(Seen item, String words, Class<? extends Item> kind, List<? extends TypeName> types) {
        String constant = JavaNames.constant(words);
        CodeBlock.Builder made =
                CodeBlock.builder().add("$T.of($S", kind, item.id().toString());
        types.forEach(type -> made.add(", $T.class", type));
        items.addField(FieldSpec.builder(
                        ParameterizedTypeName.get(ClassName.get(kind), types.toArray(TypeName[]::new)),
                        constant,
                        Modifier.PUBLIC,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .addJavadoc("$L\n", JavaDocs.escaped(item.description()))
                .initializer(made.add(")").build())
                .build());
        constants.add(constant);
    }

    private MethodSpec all() {
        return MethodSpec.methodBuilder("all")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc("All of them, as {@code Fairlead.open} takes them.\n")
                .returns(ArrayTypeName.of(Item.class))
                .addStatement("return new $T[] {$L}", Item.class, String.join(", ", constants))
                .build();
    }

    private void file(TypeSpec type) {
        String text = JavaFile.builder(name, type)
                .addFileComment(
                        "Made from the plan of $L by fairlead generate: change the plan, not this file.",
                        service.name())
                .skipJavaLangImports(true)
                .indent("    ")
                .build()
                .toString();
        files.add(new GeneratedFile(path(type.name()), text));
    }

    private String path(String type) {
        return name.replace('.', '/') + "/" + type + ".java";
    }
}
