package dev.fairlead.engine;

import dev.fairlead.api.PlanName;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;

/** The names that the plan has for parts of a handle's types: what {@link PlanName} says, else the Java names. */
final class NamesInPlan {
    private NamesInPlan() {}

    static String of(RecordComponent component) {
        return said(component, component.getName());
    }

    /** Of a record that is an event or a variant. */
    static String of(Class<?> type) {
        return said(type, type.getSimpleName());
    }

    static String of(Enum<?> symbol) {
        try {
            return said(symbol.getDeclaringClass().getField(symbol.name()), symbol.name());
        } catch (NoSuchFieldException absent) {
            throw new IllegalStateException("every enum constant is a field", absent);
        }
    }

    private static String said(AnnotatedElement element, String javaName) {
        PlanName said = element.getAnnotation(PlanName.class);
        return said == null ? javaName : said.value();
    }
}
