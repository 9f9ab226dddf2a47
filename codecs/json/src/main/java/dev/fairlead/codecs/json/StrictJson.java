package dev.fairlead.codecs.json;

import dev.fairlead.spi.LogEntry;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** The one configuration of Jackson: Jackson's own limits leave document length and token count open. */
final class StrictJson {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_TOKENS = 1_000_000;
    private static final int MAX_NUMBER = 100;
    private static final int MAX_NAME = 1000;

    /** Safe for many threads, and what it has learned of a type serves all. */
    static final JsonMapper MAPPER = mapper();

    private StrictJson() {}

    private static JsonMapper mapper() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxDocumentLength(LogEntry.MAX_PAYLOAD)
                .maxTokenCount(MAX_TOKENS)
                .maxNumberLength(MAX_NUMBER)
                .maxNameLength(MAX_NAME)
                .maxStringLength(LogEntry.MAX_PAYLOAD)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
        return JsonMapper.builder(factory)
                .annotationIntrospector(
                        AnnotationIntrospector.pair(new PlanAnnotations(), new JacksonAnnotationIntrospector()))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }
}
