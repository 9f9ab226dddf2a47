package dev.fairlead.engine;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.contracts.Field;
import dev.fairlead.contracts.Fields;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.Projection;
import dev.fairlead.spi.ValueCodec;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The events of one handle: turns each into the name of its type and bytes, and back with only the fields that the service gets. */
final class EventTypes<E> {
    private final String item;
    private final Map<String, Form<?>> byName = new HashMap<>();

    private record Form<T>(
            Class<T> type, ValueCodec<T> codec, RecordAccess<T> access, Optional<Projection> projection) {
        byte[] encode(Object event) {
            return codec.encode(access.complete(type.cast(event)));
        }

        Object decode(byte[] payload) {
            byte[] visible = projection.map(only -> only.apply(payload)).orElse(payload);
            return access.complete(codec.decode(visible));
        }
    }

    private final Class<E> eventType;

    EventTypes(EventPlan plan, Class<E> eventType, CodecProvider codecs) {
        this.item = plan.id();
        this.eventType = eventType;
        for (Class<?> type : eventType.getPermittedSubclasses()) {
            String name = NamesInPlan.of(type);
            Fields all = plan.all().getOrDefault(name, Fields.NONE);
            Fields used = plan.used().getOrDefault(name, Fields.NONE);
            byName.put(name, form(type, all, used, codecs));
        }
    }

    private <T> Form<T> form(Class<T> type, Fields all, Fields used, CodecProvider codecs) {
        Set<String> optional = all.list().stream()
                .filter(field -> field.type().isOptional())
                .map(Field::name)
                .collect(Collectors.toSet());
        Optional<Projection> projection = used.list().size() == all.list().size()
                ? Optional.empty()
                : Optional.of(codecs.projection(new LinkedHashSet<>(used.names())));
        return new Form<>(type, codecs.codec(type), new RecordAccess<>(item, type, optional), projection);
    }

    boolean knows(String name) {
        return byName.containsKey(name);
    }

    static String nameOf(Object event) {
        return NamesInPlan.of(event.getClass());
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

    private Form<?> form(String name) {
        Form<?> form = byName.get(name);
        if (form == null) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "the handle of " + item + " has no event " + name);
        }
        return form;
    }
}
