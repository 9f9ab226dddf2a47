package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import dev.fairlead.engine.documents.DocumentForm;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.Projection;
import dev.fairlead.spi.ValueCodec;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The events of one handle: turns each into the name of its type and bytes, and back with only the fields that the service gets. */
final class EventTypes<E> {
    private final String item;
    private final Map<String, Form> byName = new HashMap<>();

    /** What is done with the events of one name. */
    private interface Form {
        byte[] encode(Object event);

        Object decode(byte[] payload);
    }

    private record Typed<T>(Class<T> type, ValueCodec<T> codec, RecordAccess<T> access, Optional<Projection> projection)
            implements Form {
        @Override
        public byte[] encode(Object event) {
            return codec.encode(access.complete(type.cast(event)));
        }

        @Override
        public Object decode(byte[] payload) {
            byte[] visible = projection.map(only -> only.apply(payload)).orElse(payload);
            return access.complete(codec.decode(visible));
        }
    }

    /** The owner's events as documents, with all their fields. */
    private record AsDocument(String type, DocumentForm form, ValueCodec<Map<String, @Nullable Object>> codec)
            implements Form {
        @Override
        public byte[] encode(Object event) {
            return codec.encode(form.checked(codec.decode(((EventDocument) event).content())));
        }

        @Override
        public Object decode(byte[] payload) {
            return new EventDocument.Happened(type, payload);
        }
    }

    private final Class<E> eventType;

    EventTypes(EventPlan plan, Class<E> eventType, CodecProvider codecs) {
        this.item = plan.id();
        this.eventType = eventType;
        if (eventType == EventDocument.class) {
            plan.all().forEach((name, fields) -> byName.put(name, document(name, fields, codecs)));
            return;
        }
        for (Class<?> type : eventType.getPermittedSubclasses()) {
            String name = NamesInPlan.of(type);
            Fields all = plan.all().getOrDefault(name, Fields.NONE);
            Fields used = plan.used().getOrDefault(name, Fields.NONE);
            byName.put(name, form(type, all, used, codecs));
        }
    }

    private Form document(String name, Fields fields, CodecProvider codecs) {
        return new AsDocument(name, new DocumentForm("an event " + name + " of " + item, fields), codecs.fields());
    }

    private <T> Form form(Class<T> type, Fields all, Fields used, CodecProvider codecs) {
        Set<String> optional = all.list().stream()
                .filter(field -> field.type().isOptional())
                .map(Field::name)
                .collect(Collectors.toSet());
        Optional<Projection> projection = used.list().size() == all.list().size()
                ? Optional.empty()
                : Optional.of(codecs.projection(new LinkedHashSet<>(used.names())));
        return new Typed<>(type, codecs.codec(type), new RecordAccess<>(item, type, optional), projection);
    }

    boolean knows(String name) {
        return byName.containsKey(name);
    }

    static String nameOf(Object event) {
        return event instanceof EventDocument document ? document.type() : NamesInPlan.of(event.getClass());
    }

    byte[] encode(E event) {
        byte[] payload = form(nameOf(event)).encode(event);
        if (payload.length > LogEntry.MAX_PAYLOAD) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "an event of " + item + " takes " + payload.length + " bytes (allowed are " + LogEntry.MAX_PAYLOAD
                            + ")");
        }
        return payload;
    }

    E decode(String name, byte[] payload) {
        return eventType.cast(form(name).decode(payload));
    }

    private Form form(String name) {
        Form form = byName.get(name);
        if (form == null) {
            throw new FairleadException(
                    ErrorCode.BAD_VALUE,
                    "the handle of " + item + " has no event " + name + " (known: "
                            + String.join(", ", new TreeSet<>(byName.keySet())) + ")");
        }
        return form;
    }
}
