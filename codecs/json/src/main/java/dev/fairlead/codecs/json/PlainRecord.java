package dev.fairlead.codecs.json;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of plain components from JSON as a codec writes it, in a fraction of the time that Jackson takes, and leaves to Jackson
 * whatever looks unusual: what is read here is what Jackson would have read, and what is wrong is judged by Jackson alone.
 */
final class PlainRecord<V> {
    private static final int MOST_COMPONENTS = Long.SIZE;

    /** Made once for each type: what Java has compiled for one serves all. */
    private static final ClassValue<Optional<PlainRecord<?>>> KNOWN = new ClassValue<>() {
        @Override
        protected Optional<PlainRecord<?>> computeValue(Class<?> type) {
            return Optional.ofNullable(plain(type));
        }
    };

    private final Class<V> type;
    private final List<PlainComponent> components;
    private final MethodHandle constructor;

    private PlainRecord(Class<V> type, List<PlainComponent> components, MethodHandle constructor) {
        this.type = type;
        this.components = components;
        this.constructor = constructor;
    }

    /** Null for a type that is read by Jackson alone. */
    @SuppressWarnings("unchecked") // each type has its own
    static <V> @Nullable PlainRecord<V> of(Class<V> type) {
        return (PlainRecord<V>) KNOWN.get(type).orElse(null);
    }

    private static <V> @Nullable PlainRecord<V> plain(Class<V> type) {
        if (!type.isRecord() || type.getInterfaces().length > 0 || isForJackson(type)) {
            return null;
        }
        List<PlainComponent> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            PlainComponent plain = PlainComponent.of(component, components.isEmpty() ? '{' : ',');
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
            return PlainValues.passedTo(MethodHandles.lookup().unreflectConstructor(canonical));
        } catch (ReflectiveOperationException | RuntimeException closed) {
            return null;
        }
    }

    /** A reader for values that are read together; it gives null where Jackson has to read. */
    PlainReader<V> reader() {
        return new PlainReader<>(this, new PlainText(new SharedTexts()));
    }

    /** The value, or null where Jackson has to read it. */
    @Nullable
    V read(byte[] json) {
        return new PlainReader<>(this, new PlainText(null)).read(json);
    }

    List<PlainComponent> components() {
        return components;
    }

    /** Fails as the constructor does, and with whatever else keeps the value from being made. */
    V make(PlainValues values) throws Throwable {
        return type.cast((Object) constructor.invokeExact(values));
    }
}
