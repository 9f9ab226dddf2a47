package dev.fairlead.spi.cloudevents;

/** The names of the attributes that Fairlead writes and reads. */
final class Attribute {
    static final String SPEC_VERSION = "specversion";
    static final String ID = "id";
    static final String SOURCE = "source";
    static final String TYPE = "type";
    static final String TIME = "time";
    static final String CONTENT_TYPE = "datacontenttype";
    /** Of the extension "partitioning". */
    static final String KEY = "partitionkey";
    /** Of the extension "distributed tracing". */
    static final String TRACE = "traceparent";

    static final String VERSION = "fairleadversion";
    static final String EPOCH = "fairleadepoch";
    static final String CAUSE = "fairleadcause";
    static final String CHECKSUM = "fairleadchecksum";

    private Attribute() {}
}
