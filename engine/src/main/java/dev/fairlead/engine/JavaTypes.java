package dev.fairlead.engine;

import dev.fairlead.api.Discriminator;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.FieldType;
import dev.fairlead.contracts.FieldType.Scalar;
import dev.fairlead.contracts.Fields;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which Java types can hold which field types. */
final class JavaTypes {
    private static final Map<Scalar, Set<Class<?>>> SCALARS = Map.of(
            Scalar.STRING, Set.of(String.class),
            Scalar.BOOL, Set.of(boolean.class, Boolean.class),
            Scalar.INT32, Set.of(int.class, Integer.class),
            Scalar.INT64, Set.of(long.class, Long.class),
            Scalar.FLOAT64, Set.of(double.class, Double.class),
            Scalar.INSTANT, Set.of(Instant.class),
            Scalar.DATE, Set.of(LocalDate.class),
            Scalar.DURATION, Set.of(Duration.class),
            Scalar.UUID, Set.of(UUID.class),
            Scalar.BYTES, Set.of(byte[].class));

    private JavaTypes() {}

    /** Whether every value of the field type can be held by the Java type, and comes back as it was. */
    static boolean holds(FieldType field, Type java) {
        return switch (field) {
            case Scalar scalar -> SCALARS.getOrDefault(scalar, Set.of()).contains(java);
            case FieldType.Decimal decimal -> java == BigDecimal.class;
            case FieldType.Symbols(List<String> symbols) -> java == String.class || hasSymbols(java, symbols);
            case FieldType.ListOf(FieldType element) ->
                argument(java, List.class, 0, 1)
                        .filter(type -> holds(element, type))
                        .isPresent();
            case FieldType.MapOf(FieldType value) ->
                argument(java, Map.class, 0, 2)
                                .filter(type -> type == String.class)
                                .isPresent()
                        && argument(java, Map.class, 1, 2)
                                .filter(type -> holds(value, type))
                                .isPresent();
            case FieldType.RecordOf(Fields fields) ->
                java instanceof Class<?> type && type.isRecord() && fits(fields, type);
            case FieldType.Optional(FieldType required) -> !isPrimitive(java) && holds(required, java);
            case FieldType.Union union -> java instanceof Class<?> type && isUnion(union, type);
        };
    }

    /** Whether each component of the record has a field that it can hold. */
    private static boolean fits(Fields fields, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).allMatch(component -> fits(fields, component));
    }

    private static boolean fits(Fields fields, RecordComponent component) {
        return fields.field(NamesInPlan.of(component))
                .map(Field::type)
                .filter(field -> holds(field, component.getGenericType()))
                .isPresent();
    }

    /** Whether it is a sealed interface of records, one for each variant. */
    private static boolean isUnion(FieldType.Union union, Class<?> type) {
        Discriminator discriminator = type.getAnnotation(Discriminator.class);
        if (discriminator == null || !discriminator.value().equals(union.discriminator()) || !type.isSealed()) {
            return false;
        }
        List<Class<?>> permitted = List.of(type.getPermittedSubclasses());
        return permitted.size() == union.variants().size()
                && permitted.stream().allMatch(each -> isVariant(union, each))
                && permitted.stream().map(NamesInPlan::of).distinct().count() == permitted.size();
    }

    private static boolean isVariant(FieldType.Union union, Class<?> type) {
        Fields fields = union.variants().get(NamesInPlan.of(type));
        return fields != null && type.isRecord() && fits(fields, type);
    }

    private static boolean hasSymbols(Type java, List<String> symbols) {
        return java instanceof Class<?> type
                && type.isEnum()
                && Arrays.stream(type.getEnumConstants())
                        .map(constant -> NamesInPlan.of((Enum<?>) constant))
                        .toList()
                        .containsAll(symbols);
    }

    private static Optional<Type> argument(Type java, Class<?> raw, int index, int count) {
        return java instanceof ParameterizedType generic
                        && generic.getRawType() == raw
                        && generic.getActualTypeArguments().length == count
                ? Optional.of(generic.getActualTypeArguments()[index])
                : Optional.empty();
    }

    private static boolean isPrimitive(Type java) {
        return java instanceof Class<?> type && type.isPrimitive();
    }
}
