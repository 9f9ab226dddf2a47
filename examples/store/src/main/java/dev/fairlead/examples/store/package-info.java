/** The store landscape: ten services that sell, charge and ship, loaded as a real shop was, with the failure stories judged. */
@NullMarked
package dev.fairlead.examples.store;

import org.jspecify.annotations.NullMarked;
