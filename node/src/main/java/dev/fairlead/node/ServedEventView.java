package dev.fairlead.node;

import dev.fairlead.api.EventRecord;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.node.outside.ValueFilter;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.OutsideView;
import dev.fairlead.planner.Share;
import dev.fairlead.spi.CodecProvider;
import dev.fairlead.spi.Projection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An event item as outside clients see it. For any thread. */
record ServedEventView(OutsideView view, ValueFilter filter, Map<String, Projection> projections) {
    static Map<String, ServedEventView> of(Share share, Content.Events content, CodecProvider codecs) {
        Map<String, ServedEventView> views = new HashMap<>();
        for (OutsideView view : share.views()) {
            Map<String, Projection> projections = new HashMap<>();
            view.shown()
                    .keySet()
                    .forEach(event -> projections.put(event, codecs.renaming(ServedView.names(view, event))));
            views.put(view.clients(), new ServedEventView(view, ValueFilter.of(view, content, codecs), projections));
        }
        return views;
    }

    /** The event as those see it who see this part; nothing when it is in another, or not shown at all. */
    Optional<ShownEvent> shown(String part, EventRecord<String, EventDocument> happened) {
        Projection projection = projections.get(happened.event().type());
        byte[] content = happened.event().content();
        return projection == null
                ? Optional.empty()
                : filter.part(happened.key(), content)
                        .filter(part::equals)
                        .map(its -> new ShownEvent(happened, projection.apply(content), ShownEvent.Place.HIDDEN));
    }
}
