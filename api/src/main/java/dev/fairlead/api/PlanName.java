package dev.fairlead.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name that the plan gives to a component of a record, a symbol of an enum, or a record that is an event or a variant of a union,
 * where Java cannot have that name: {@code @PlanName("class") String class_}. Without it the Java name is the plan's.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface PlanName {
    /** The name in the plan. */
    String value();
}
