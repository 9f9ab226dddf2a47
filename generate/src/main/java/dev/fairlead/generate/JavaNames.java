package dev.fairlead.generate;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * Java names for names of the plan: the same name where Java can have it, else one that is near and taken by nothing else.
 *
 * <p>Names of types that differ by case alone are taken for the same, because their class files would be on some file systems.
 */
final class JavaNames {
    /** Names of methods that a component of a record may not have (Java Language Specification, 8.10.1). */
    private static final Set<String> NO_COMPONENT =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    /** Type names that mean something else in the generated files, folded: Java's own, and those that the files import. */
    private static final Set<String> NO_TYPE = Set.of(
            "record",
            "sealed",
            "permits",
            "var",
            "yield",
            "string",
            "integer",
            "long",
            "boolean",
            "double",
            "object",
            "enum",
            "override",
            "bigdecimal",
            "discriminator",
            "duration",
            "eventitem",
            "instant",
            "item",
            "items",
            "list",
            "localdate",
            "map",
            "nullable",
            "planname",
            "requestitem",
            "stateitem",
            "tellitem",
            "uuid",
            "package-info");

    private static final Pattern WORDS = Pattern.compile("[-_]");

    private JavaNames() {}

    /** For the fields of one record. */
    static Map<String, String> components(Collection<String> fields) {
        return distinct(
                fields,
                new HashSet<>(),
                name -> isIdentifier(name) && !NO_COMPONENT.contains(name),
                UnaryOperator.identity());
    }

    /** For the symbols of one enum. */
    static Map<String, String> constants(Collection<String> symbols) {
        return distinct(symbols, new HashSet<>(), JavaNames::isIdentifier, UnaryOperator.identity());
    }

    /** For events or variants; {@code taken} holds folded names that they cannot have, and gets theirs. */
    static Map<String, String> types(Collection<String> names, Set<String> taken) {
        return distinct(names, taken, JavaNames::isType, JavaNames::folded);
    }

    /** A new type name from words between {@code -} or {@code _}: {@code order-entry} becomes {@code OrderEntry}. */
    static String type(String words, Set<String> taken) {
        StringBuilder name = new StringBuilder();
        for (String word : WORDS.split(words, -1)) {
            if (!word.isEmpty()) {
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        String free = name.toString();
        for (int number = 2; !isType(free) || !taken.add(folded(free)); number++) {
            free = name + String.valueOf(number);
        }
        return free;
    }

    /** {@code order-entry} becomes {@code ORDER_ENTRY}. */
    static String constant(String item) {
        return item.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** {@code order-entry} becomes {@code order_entry}, {@code new} becomes {@code new_}. */
    static String packageOf(String service) {
        String name = service.replace('-', '_');
        return SourceVersion.isKeyword(name) ? name + "_" : name;
    }

    static String folded(String type) {
        return type.toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> distinct(
            Collection<String> names, Set<String> taken, Predicate<String> isGood, UnaryOperator<String> fold) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String name : names) {
            given.put(name, isGood.test(name) && taken.add(fold.apply(name)) ? name : "");
        }
        given.replaceAll((name, same) -> same.isEmpty() ? near(name, taken, isGood, fold) : same);
        return given;
    }

    private static String near(String name, Set<String> taken, Predicate<String> isGood, UnaryOperator<String> fold) {
        String near = (Character.isDigit(name.charAt(0)) ? "_" : "") + name.replace('-', '_');
        while (!isGood.test(near) || !taken.add(fold.apply(near))) {
            near += "_";
        }
        return near;
    }

    private static boolean isIdentifier(String name) {
        return SourceVersion.isIdentifier(name) && !SourceVersion.isKeyword(name);
    }

    private static boolean isType(String name) {
        return isIdentifier(name) && !NO_TYPE.contains(folded(name));
    }
}
