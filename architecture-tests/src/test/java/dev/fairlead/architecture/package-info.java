/** Rules that all modules keep, and for each rule the proof that it can be broken. */
@NullMarked
package dev.fairlead.architecture;

import org.jspecify.annotations.NullMarked;
