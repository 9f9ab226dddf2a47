/** The store of a node as a mechanism, for services in other processes. */
@NullMarked
package dev.fairlead.mechanisms.http;

import org.jspecify.annotations.NullMarked;
