package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the components of one record type, and refuses values that lack a required one. */
final class RecordAccess<V> {
    /** Made once for each type: what Java has compiled for one handle serves all that read its component. */
    private static final ClassValue<Map<String, MethodHandle>> ACCESSORS = new ClassValue<>() {
        @Override
        protected Map<String, MethodHandle> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private record Required(String name, MethodHandle accessor) {}

    private final String item;
    private final Class<V> type;
    private final List<Required> required = new ArrayList<>();

    /** @param optional the fields that may be null */
    RecordAccess(String item, Class<V> type, Set<String> optional) {
        this.item = item;
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            String name = NamesInPlan.of(component);
            if (!component.getType().isPrimitive() && !optional.contains(name)) {
                required.add(new Required(name, accessor(component)));
            }
        }
    }

    /** The value itself, when it has all that is required. */
    V complete(V value) {
        for (Required field : required) {
            if (read(field.accessor(), value) == null) {
                throw new FairleadException(
                        ErrorCode.BAD_VALUE,
                        "a value of " + item + " has no " + field.name()
                                + " (set it, or make the field optional in the plan)");
            }
        }
        return value;
    }

    /** Whether there is such a component. */
    boolean has(String name) {
        return Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> NamesInPlan.of(component).equals(name));
    }

    /** A reader of one component that is never null in complete values. */
    <T> ComponentReader<V, T> component(String name, Class<T> componentType) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (NamesInPlan.of(component).equals(name)) {
                MethodHandle accessor = accessor(component);
                return value -> componentType.cast(read(accessor, value));
            }
        }
        throw new FairleadException(
                ErrorCode.HANDLE_MISMATCH,
                type.getName() + ", the value type of " + item + ", has no component " + name);
    }

    @FunctionalInterface
    interface ComponentReader<V, T> {
        T read(V value);
    }

    /**
     * As a handle, since it is called for each record that a copy takes. A function made of it would be faster still, but Java makes none
     * for a record of another module, as one is that another class loader has brought.
     */
    private static MethodHandle accessor(RecordComponent component) {
        return ACCESSORS
                .get(component.getDeclaringRecord())
                .computeIfAbsent(component.getName(), name -> newAccessor(component));
    }

    private static MethodHandle newAccessor(RecordComponent component) {
        Method accessor = component.getAccessor();
        try {
            return MethodHandles.privateLookupIn(accessor.getDeclaringClass(), MethodHandles.lookup())
                    .unreflect(accessor)
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException | RuntimeException e) {
            throw new FairleadException(
                    ErrorCode.HANDLE_MISMATCH,
                    "the component " + component + " of "
                            + accessor.getDeclaringClass().getName()
                            + " cannot be read (open its package to dev.fairlead.engine)",
                    e);
        }
    }

    @SuppressWarnings("NullAway") // a component may be null, and complete() looks for that
    private static Object read(MethodHandle accessor, Object value) {
        try {
            return accessor.invokeExact(value);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "an accessor of " + value.getClass() + " failed", e);
        }
    }
}
