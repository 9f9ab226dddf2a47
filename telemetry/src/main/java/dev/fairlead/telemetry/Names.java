package dev.fairlead.telemetry;

import io.opentelemetry.api.common.AttributeKey;

/** What spans call things; the first three and the last as OpenTelemetry's semantic conventions do. */
final class Names {
    static final String SCOPE = "dev.fairlead";
    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    static final AttributeKey<String> SERVICE = AttributeKey.stringKey("fairlead.service");
    static final AttributeKey<String> GROUP = AttributeKey.stringKey("messaging.consumer.group.name");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private Names() {}
}
