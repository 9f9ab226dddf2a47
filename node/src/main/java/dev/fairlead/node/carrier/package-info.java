/** The node's own store as a mechanism for programs in other processes; knows nothing of HTTP, nor of who may do what. */
@NullMarked
package dev.fairlead.node.carrier;

import org.jspecify.annotations.NullMarked;
