/** Tests of the store landscape. */
@NullMarked
package dev.fairlead.examples.store;

import org.jspecify.annotations.NullMarked;
