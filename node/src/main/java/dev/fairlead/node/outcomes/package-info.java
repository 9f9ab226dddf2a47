/** What has come of earlier calls, so that one that is repeated is not done twice. */
@NullMarked
package dev.fairlead.node.outcomes;

import org.jspecify.annotations.NullMarked;
