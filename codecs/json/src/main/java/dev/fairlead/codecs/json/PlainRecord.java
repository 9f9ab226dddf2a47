package dev.fairlead.codecs.json;

import dev.fairlead.spi.LogEntry;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads records of plain components from JSON as a codec writes it, in a fraction of the time that Jackson takes, and leaves to Jackson
 * whatever looks unusual: what is read here is what Jackson would have read, and what is wrong is judged by Jackson alone.
 */
final class PlainRecord<V> {
    private static final int MOST_COMPONENTS = Long.SIZE;

    private final Class<V> type;
    private final List<PlainComponent> components;
    private final MethodHandle constructor;

    private PlainRecord(Class<V> type, List<PlainComponent> components, MethodHandle constructor) {
        this.type = type;
        this.components = components;
        this.constructor = constructor;
    }

    /** Null for a type that is read by Jackson alone. */
    static <V> @Nullable PlainRecord<V> of(Class<V> type, JsonMapper mapper) {
        if (!type.isRecord() || type.getInterfaces().length > 0 || isForJackson(type)) {
            return null;
        }
        List<PlainComponent> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            PlainComponent plain = PlainComponent.of(component, mapper);
            if (plain == null) {
                return null;
            }
            components.add(plain);
        }
        MethodHandle constructor = components.size() > MOST_COMPONENTS ? null : constructor(type);
        return constructor == null ? null : new PlainRecord<>(type, components, constructor);
    }

    /** Whether something in the type is annotated for Jackson. */
    static boolean isForJackson(Class<?> type) {
        Stream<AnnotatedElement> parts = Stream.of(
                        Stream.of(type),
                        Arrays.stream(type.getDeclaredFields()),
                        Arrays.stream(type.getDeclaredMethods()),
                        Arrays.stream(type.getDeclaredConstructors()),
                        Arrays.stream(type.getDeclaredConstructors())
                                .flatMap(made -> Arrays.stream(made.getParameters())))
                .flatMap(part -> part);
        return parts.flatMap(part -> Arrays.stream(part.getAnnotations()))
                .map(Annotation::annotationType)
                .anyMatch(said -> said.getName().contains(".jackson."));
    }

    private static @Nullable MethodHandle constructor(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException | RuntimeException closed) {
            return null;
        }
    }

    /** The value, or null where Jackson has to read it. */
    @Nullable
    V read(byte[] json) {
        @Nullable Object[] values = json.length > LogEntry.MAX_PAYLOAD ? null : values(new PlainText(json));
        if (values == null) {
            return null;
        }
        try {
            return type.cast((Object) constructor.invokeExact(values));
        } catch (Throwable refused) {
            return null; // Jackson comes to the same end, and says why
        }
    }

    private @Nullable Object @Nullable [] values(PlainText text) {
        @Nullable Object[] values = new Object[components.size()];
        long seen = 0;
        int expected = 0;
        if (!text.take('{')) {
            return null;
        }
        do {
            int index = named(text, expected);
            if (index < 0 || (seen & 1L << index) != 0 || !text.take(':')) {
                return null;
            }
            PlainComponent component = components.get(index);
            if (!component.nullable() || !text.takeNull()) {
                Object value = component.content().read(text);
                if (value == null) {
                    return null;
                }
                values[index] = value;
            }
            seen |= 1L << index;
            expected = index + 1;
        } while (text.take(','));
        return text.take('}') && text.isOver() && isComplete(seen) ? values : null;
    }

    /** Which component comes next; as a rule it is the one after the one before. */
    private int named(PlainText text, int expected) {
        if (expected < components.size() && text.take(components.get(expected).name())) {
            return expected;
        }
        for (int index = 0; index < components.size(); index++) {
            if (text.take(components.get(index).name())) {
                return index;
            }
        }
        return -1;
    }

    private boolean isComplete(long seen) {
        for (int index = 0; index < components.size(); index++) {
            if ((seen & 1L << index) == 0 && !components.get(index).nullable()) {
                return false;
            }
        }
        return true;
    }
}
