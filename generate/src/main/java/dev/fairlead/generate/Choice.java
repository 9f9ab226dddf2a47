package dev.fairlead.generate;

import java.util.EnumSet;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * What is to be made.
 *
 * @param service only for this one; null for all
 * @param javaPackage the Java types of a service are in the package of this name and the service's
 */
public record Choice(Set<Output> outputs, @Nullable String service, String javaPackage) {

    /** The package that is used where none is said. */
    public static final String PACKAGE = "generated";

    public Choice {
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException("choose at least one output");
        }
        if (!SourceVersion.isName(javaPackage) || javaPackage.equals("java") || javaPackage.startsWith("java.")) {
            throw new IllegalArgumentException("not the name of a Java package of yours: " + javaPackage
                    + " (write for example com.example.items)");
        }
        outputs = EnumSet.copyOf(outputs);
    }

    /** Everything for all services. */
    public static Choice everything() {
        return new Choice(EnumSet.allOf(Output.class), null, PACKAGE);
    }
}
