package dev.fairlead.node;

import dev.fairlead.api.Events;
import dev.fairlead.engine.documents.EventDocument;
import dev.fairlead.planner.Content;
import dev.fairlead.planner.Share;
import java.util.Map;

/**
 * An event item of the node.
 *
 * @param log the owner's, with all events and fields
 * @param views by the clients that they are for
 */
record ServedEvents(
        Share share, Content.Events content, Events<String, EventDocument> log, Map<String, ServedEventView> views) {}
