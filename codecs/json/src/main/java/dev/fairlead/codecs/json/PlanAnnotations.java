package dev.fairlead.codecs.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fairlead.api.Discriminator;
import dev.fairlead.api.PlanName;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/** Tells Jackson what {@link PlanName} and {@link Discriminator} say. */
@SuppressWarnings("NullAway") // Jackson takes null for "nothing is said"
final class PlanAnnotations extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable PropertyName findNameForSerialization(MapperConfig<?> config, Annotated component) {
        return name(component);
    }

    @Override
    public @Nullable PropertyName findNameForDeserialization(MapperConfig<?> config, Annotated component) {
        return name(component);
    }

    @Override
    public String[] findEnumValues(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
        for (AnnotatedField field : type.fields()) {
            PlanName said = field.getAnnotation(PlanName.class);
            for (int i = 0; said != null && i < constants.length; i++) {
                if (constants[i].name().equals(field.getName())) {
                    names[i] = said.value();
                }
            }
        }
        return names;
    }

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated type) {
        Discriminator said = type.getAnnotation(Discriminator.class);
        return said == null
                ? null
                : JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, said.value(), null, false, true);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated type) {
        return type.hasAnnotation(Discriminator.class) && type.getRawType().isSealed()
                ? Arrays.stream(type.getRawType().getPermittedSubclasses())
                        .map(variant -> new NamedType(variant, variantName(variant)))
                        .toList()
                : null;
    }

    @Override
    public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass type) {
        return type.hasAnnotation(Discriminator.class) ? variantName(type.getRawType()) : null;
    }

    private static String variantName(Class<?> variant) {
        PlanName said = variant.getAnnotation(PlanName.class);
        return said == null ? variant.getSimpleName() : said.value();
    }

    private static @Nullable PropertyName name(Annotated component) {
        PlanName said = component instanceof AnnotatedClass ? null : component.getAnnotation(PlanName.class);
        return said == null ? null : PropertyName.construct(said.value());
    }
}
