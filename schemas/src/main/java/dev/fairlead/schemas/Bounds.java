package dev.fairlead.schemas;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whether limits of numbers, lengths and counts follow from what is known. */
final class Bounds {
    /** Limits from below of what cannot be counted by another keyword, and the types that they concern. */
    private static final Map<String, Types> LEAST =
            Map.of("minLength", Types.STRING, "minItems", Types.ARRAY, "minProperties", Types.OBJECT);

    private static final Map<String, Types> MOST =
            Map.of("maxLength", Types.STRING, "maxItems", Types.ARRAY, "maxProperties", Types.OBJECT);
    private static final Set<String> NUMBERS =
            Set.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf");

    private static final BigDecimal FEW = BigDecimal.valueOf(100);

    private Bounds() {}

    static boolean knows(String keyword) {
        return LEAST.containsKey(keyword) || MOST.containsKey(keyword) || NUMBERS.contains(keyword);
    }

    static boolean follows(Given given, String keyword, JsonNode limit) {
        BigDecimal wanted = limit.decimalValue();
        Types counted = LEAST.getOrDefault(keyword, MOST.get(keyword));
        if (counted != null) {
            return !given.types().contains(counted) || counts(given, keyword, wanted);
        }
        boolean isNumber =
                given.types().contains(Types.INTEGER) || given.types().contains(Types.FRACTION);
        return !isNumber || number(given, keyword, wanted);
    }

    /** All values when only few whole numbers are possible; else null. */
    static @Nullable List<JsonNode> whole(Given given) {
        Bound lower = lower(given);
        Bound upper = upper(given);
        if (!given.types().equals(Set.of(Types.INTEGER)) || lower == null || upper == null) {
            return null;
        }
        if (upper.value().subtract(lower.value()).compareTo(FEW) > 0) {
            return null;
        }
        List<JsonNode> values = new ArrayList<>();
        for (BigDecimal each = lower.value(); each.compareTo(upper.value()) <= 0; each = each.add(BigDecimal.ONE)) {
            values.add(JsonNodeFactory.instance.numberNode(each));
        }
        return values;
    }

    private static boolean counts(Given given, String keyword, BigDecimal wanted) {
        if (MOST.containsKey(keyword)) {
            BigDecimal most = given.strictest(keyword, BigDecimal::min);
            return most != null && most.compareTo(wanted) <= 0;
        }
        BigDecimal least = given.strictest(keyword, BigDecimal::max);
        BigDecimal required = BigDecimal.valueOf(
                keyword.equals("minProperties") ? given.required().size() : 0);
        return (least == null ? required : least.max(required)).compareTo(wanted) >= 0;
    }

    private static boolean number(Given given, String keyword, BigDecimal wanted) {
        return switch (keyword) {
            case "minimum" -> isBeyond(lower(given), wanted, false);
            case "exclusiveMinimum" -> isBeyond(lower(given), wanted, true);
            case "maximum" -> isBeyond(negated(upper(given)), wanted.negate(), false);
            case "exclusiveMaximum" -> isBeyond(negated(upper(given)), wanted.negate(), true);
            default -> isMultiple(given, wanted);
        };
    }

    /** A bound, and whether the value itself is outside. */
    private record Bound(BigDecimal value, boolean isOpen) {}

    private static boolean isBeyond(@Nullable Bound bound, BigDecimal wanted, boolean isOpen) {
        if (bound == null) {
            return false;
        }
        int order = bound.value().compareTo(wanted);
        return order > 0 || (order == 0 && (bound.isOpen() || !isOpen));
    }

    private static @Nullable Bound lower(Given given) {
        return bound(given, "minimum", "exclusiveMinimum", BigDecimal::max, RoundingMode.CEILING, BigDecimal.ONE);
    }

    private static @Nullable Bound upper(Given given) {
        return bound(
                given, "maximum", "exclusiveMaximum", BigDecimal::min, RoundingMode.FLOOR, BigDecimal.ONE.negate());
    }

    /** Whole numbers have their bounds on whole numbers: above 10 is from 11 on. */
    private static @Nullable Bound bound(
            Given given,
            String inclusive,
            String exclusive,
            BinaryOperator<BigDecimal> stricter,
            RoundingMode inwards,
            BigDecimal step) {
        BigDecimal closed = given.strictest(inclusive, stricter);
        BigDecimal open = given.strictest(exclusive, stricter);
        if (closed == null && open == null) {
            return null;
        }
        boolean isOpen =
                closed == null || (open != null && stricter.apply(open, closed).equals(open));
        BigDecimal value = isOpen ? open : closed;
        if (given.types().contains(Types.FRACTION) || value == null) {
            return value == null ? null : new Bound(value, isOpen);
        }
        BigDecimal whole = value.setScale(0, inwards);
        boolean isMoved = isOpen && whole.compareTo(value) == 0;
        return new Bound(isMoved ? whole.add(step) : whole, false);
    }

    private static @Nullable Bound negated(@Nullable Bound bound) {
        return bound == null ? null : new Bound(bound.value().negate(), bound.isOpen());
    }

    private static boolean isMultiple(Given given, BigDecimal wanted) {
        boolean isWhole = !given.types().contains(Types.FRACTION);
        if (isWhole && isDivisible(BigDecimal.ONE, wanted)) {
            return true;
        }
        return given.parts().stream()
                .map(part -> part.path("multipleOf"))
                .filter(JsonNode::isNumber)
                .anyMatch(each -> isDivisible(each.decimalValue(), wanted));
    }

    private static boolean isDivisible(BigDecimal value, BigDecimal by) {
        return by.signum() > 0 && value.remainder(by).signum() == 0;
    }
}
