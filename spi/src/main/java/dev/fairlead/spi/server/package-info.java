/** What mechanisms in front of a server have alike: the threads that talk to it, what goes there in order, and hints that something came. */
@NullMarked
package dev.fairlead.spi.server;

import org.jspecify.annotations.NullMarked;
