/** What is taken from a node to be worked on elsewhere, and given back or settled; knows nothing of HTTP. */
@NullMarked
package dev.fairlead.node.leases;

import org.jspecify.annotations.NullMarked;
