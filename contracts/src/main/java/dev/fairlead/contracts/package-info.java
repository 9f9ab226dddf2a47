/** What the fields of shared data look like: types, meaning, and a hash that changes when either does. */
@NullMarked
package dev.fairlead.contracts;

import org.jspecify.annotations.NullMarked;
