/** How callers of a node prove who they are: certificates, signed tokens and keys, as an access file says. */
@NullMarked
package dev.fairlead.node.identity;

import org.jspecify.annotations.NullMarked;
