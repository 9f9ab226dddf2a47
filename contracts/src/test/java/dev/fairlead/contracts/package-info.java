@NullMarked
package dev.fairlead.contracts;

import org.jspecify.annotations.NullMarked;
