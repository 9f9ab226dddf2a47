/** What a mechanism implements: small optional interfaces and their contract. */
@NullMarked
package dev.fairlead.spi;

import org.jspecify.annotations.NullMarked;
