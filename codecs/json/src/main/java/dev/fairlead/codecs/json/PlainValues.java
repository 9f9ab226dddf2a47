package dev.fairlead.codecs.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The components of a value that is being read. Numbers stand there as they are, so that no object is made for each of them. */
final class PlainValues {
    private static final MethodHandles.Lookup OWN = MethodHandles.lookup();

    private final long[] numbers;
    private final @Nullable Object[] parts;

    PlainValues(int components) {
        this.numbers = new long[components];
        this.parts = new Object[components];
    }

    /** Says that there is nothing. */
    void leaveOut(int place) {
        parts[place] = null;
    }

    /** Puts a primitive number there, a double as its bits. */
    boolean number(int place, long number) {
        numbers[place] = number;
        return true;
    }

    /** Puts an object there, or says that there is none. */
    boolean part(int place, @Nullable Object part) {
        parts[place] = part;
        return part != null;
    }

    private long whole(int place) {
        return numbers[place];
    }

    private int small(int place) {
        return (int) numbers[place];
    }

    private double real(int place) {
        return Double.longBitsToDouble(numbers[place]);
    }

    private @Nullable Object part(int place) {
        return parts[place];
    }

    /** A function of such components that calls the constructor with them, each from its place. */
    static MethodHandle passedTo(MethodHandle constructor) throws ReflectiveOperationException {
        MethodType type = constructor.type();
        MethodHandle[] taken = new MethodHandle[type.parameterCount()];
        for (int place = 0; place < taken.length; place++) {
            taken[place] = at(place, type.parameterType(place));
        }
        return MethodHandles.permuteArguments(
                        MethodHandles.filterArguments(constructor, 0, taken),
                        MethodType.methodType(type.returnType(), PlainValues.class),
                        new int[taken.length])
                .asType(MethodType.methodType(Object.class, PlainValues.class));
    }

    private static MethodHandle at(int place, Class<?> type) throws ReflectiveOperationException {
        MethodHandle getter;
        if (type == long.class) {
            getter = getter("whole", long.class);
        } else if (type == int.class) {
            getter = getter("small", int.class);
        } else if (type == double.class) {
            getter = getter("real", double.class);
        } else {
            getter = getter("part", Object.class);
        }
        return MethodHandles.insertArguments(getter, 1, place).asType(MethodType.methodType(type, PlainValues.class));
    }

    private static MethodHandle getter(String name, Class<?> type) throws ReflectiveOperationException {
        return OWN.findVirtual(PlainValues.class, name, MethodType.methodType(type, int.class));
    }
}
