package dev.fairlead.generate;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.fairlead.api.Discriminator;
import dev.fairlead.api.PlanName;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.Fields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * The Java types of one item: one type, and in it those of its fields.
 *
 * <p>All enums, records and unions of fields stand directly in the item's type, so that two events can share one, and no class file's name
 * grows with the depth of the plan.
 */
final class ItemTypes {
    /** What a constructor can take, a long and a double counted twice (Java Virtual Machine Specification, 4.3.3). */
    static final int MAX_COMPONENTS = 254;

    private final ClassName item;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, ClassName> known = new HashMap<>();
    private final List<TypeSpec> nested = new ArrayList<>();

    ItemTypes(ClassName item) {
        this.item = item;
        taken.add(JavaNames.folded(item.simpleName()));
    }

    /** The item's type as a record. */
    TypeSpec record(Fields fields, String description) {
        TypeSpec.Builder type = record(item, fields).addModifiers(Modifier.PUBLIC);
        return documented(type, description, fields).addTypes(nested).build();
    }

    /** The item's type as a sealed interface with a record for each event. */
    TypeSpec events(Map<String, Fields> events, String description) {
        return sealed(item, "The event ", events)
                .addJavadoc("$L\n", JavaDocs.escaped(description))
                .addTypes(nested)
                .build();
    }

    /** The type of a field of the item, if it has been made. */
    TypeName typeOf(Field field) {
        return type(field.name(), field.type());
    }

    private TypeSpec.Builder sealed(ClassName name, String what, Map<String, Fields> records) {
        TypeSpec.Builder type = TypeSpec.interfaceBuilder(name).addModifiers(Modifier.PUBLIC, Modifier.SEALED);
        Set<String> inside = name.equals(item)
                ? taken
                : new HashSet<>(Set.of(JavaNames.folded(item.simpleName()), JavaNames.folded(name.simpleName())));
        JavaNames.types(records.keySet(), inside).forEach((inPlan, inJava) -> {
            ClassName part = name.nestedClass(inJava);
            Fields fields = records.getOrDefault(inPlan, Fields.NONE);
            TypeSpec.Builder record = record(part, fields)
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .addSuperinterface(name);
            named(inPlan, inJava).forEach(record::addAnnotation);
            type.addPermittedSubclass(part)
                    .addType(documented(record, what + inPlan + ".", fields).build());
        });
        return type;
    }

    private TypeSpec.Builder record(ClassName name, Fields fields) {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
        Map<String, String> names = JavaNames.components(fields.names());
        boolean isWide = slots(fields) > MAX_COMPONENTS;
        for (Field field : fields.list()) {
            TypeName type = type(field.name(), field.type());
            String inJava = names.getOrDefault(field.name(), field.name());
            ParameterSpec.Builder component = ParameterSpec.builder(isWide ? boxed(type) : type, inJava);
            named(field.name(), inJava).forEach(component::addAnnotation);
            constructor.addParameter(component.build());
        }
        return TypeSpec.recordBuilder(name).recordConstructor(constructor.build());
    }

    private static int slots(Fields fields) {
        return fields.list().stream()
                .mapToInt(field ->
                        field.type() == FieldType.Scalar.INT64 || field.type() == FieldType.Scalar.FLOAT64 ? 2 : 1)
                .sum();
    }

    private static TypeSpec.Builder documented(TypeSpec.Builder type, String description, Fields fields) {
        type.addJavadoc("$L\n", JavaDocs.escaped(description));
        Map<String, String> names = JavaNames.components(fields.names());
        String before = "\n";
        for (Field field : fields.list()) {
            String remarks = JavaDocs.of(field);
            if (!remarks.isEmpty()) {
                type.addJavadoc("$L@param $L $L\n", before, names.get(field.name()), remarks);
                before = "";
            }
        }
        return type;
    }

    private static List<AnnotationSpec> named(String inPlan, String inJava) {
        return inPlan.equals(inJava)
                ? List.of()
                : List.of(AnnotationSpec.builder(PlanName.class)
                        .addMember("value", "$S", inPlan)
                        .build());
    }

    private TypeName type(String field, FieldType type) {
        return switch (type) {
            case FieldType.Scalar scalar -> scalar(scalar);
            case FieldType.Decimal decimal -> ClassName.get(BigDecimal.class);
            case FieldType.ListOf(FieldType element) ->
                ParameterizedTypeName.get(ClassName.get(List.class), boxed(type(field, element)));
            case FieldType.MapOf(FieldType value) ->
                ParameterizedTypeName.get(
                        ClassName.get(Map.class), ClassName.get(String.class), boxed(type(field, value)));
            case FieldType.Optional(FieldType required) -> nullable(boxed(type(field, required)));
            case FieldType.Symbols symbols -> made(field, symbols);
            case FieldType.RecordOf record -> made(field, record);
            case FieldType.Union union -> made(field, union);
        };
    }

    private static TypeName scalar(FieldType.Scalar scalar) {
        return switch (scalar) {
            case STRING -> ClassName.get(String.class);
            case BOOL -> TypeName.BOOLEAN;
            case INT32 -> TypeName.INT;
            case INT64 -> TypeName.LONG;
            case FLOAT64 -> TypeName.DOUBLE;
            case INSTANT -> ClassName.get(Instant.class);
            case DATE -> ClassName.get(LocalDate.class);
            case DURATION -> ClassName.get(Duration.class);
            case UUID -> ClassName.get(UUID.class);
            case BYTES -> ArrayTypeName.of(TypeName.BYTE);
        };
    }

    private static TypeName boxed(TypeName type) {
        return type.isPrimitive() ? type.box() : type;
    }

    private static TypeName nullable(TypeName type) {
        return type.annotated(AnnotationSpec.builder(Nullable.class).build());
    }

    /** A type of its own; fields with the same name and the same parts share it. */
    private ClassName made(String field, FieldType type) {
        String text = field + " " + type.text();
        ClassName before = known.get(text);
        if (before != null) {
            return before;
        }
        ClassName name = item.nestedClass(JavaNames.type(field, taken));
        known.put(text, name);
        int place = nested.size();
        TypeSpec spec = switch (type) {
            case FieldType.Symbols(List<String> symbols) -> enumOf(name, symbols);
            case FieldType.RecordOf(Fields fields) ->
                documented(record(name, fields), "The field " + field + ".", fields)
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                        .build();
            case FieldType.Union union ->
                sealed(name, "The variant ", union.variants())
                        .addModifiers(Modifier.STATIC)
                        .addJavadoc("The field $L.\n", field)
                        .addAnnotation(AnnotationSpec.builder(Discriminator.class)
                                .addMember("value", "$S", union.discriminator())
                                .build())
                        .build();
            default -> throw new IllegalStateException("has no type of its own: " + type.text());
        };
        nested.add(place, spec);
        return name;
    }

    private static TypeSpec enumOf(ClassName name, List<String> symbols) {
        TypeSpec.Builder type = TypeSpec.enumBuilder(name).addModifiers(Modifier.PUBLIC, Modifier.STATIC);
        JavaNames.constants(symbols).forEach((inPlan, inJava) -> {
            TypeSpec.Builder constant = TypeSpec.anonymousClassBuilder("");
            named(inPlan, inJava).forEach(constant::addAnnotation);
            type.addEnumConstant(inJava, constant.build());
        });
        return type.build();
    }
}
