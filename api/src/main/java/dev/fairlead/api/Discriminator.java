package dev.fairlead.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a sealed interface of records as a union of the plan, and names the field that tells its variants apart. The field is no component
 * of the records: the codec writes the variant's name into it, and reads the variant by it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Discriminator {
    /** The name of the field. */
    String value();
}
