/** What CloudEvents' HTTP binding says of text in headers. */
@NullMarked
package dev.fairlead.node.cloudevents;

import org.jspecify.annotations.NullMarked;
