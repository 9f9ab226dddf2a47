@NullMarked
package dev.fairlead.contracts.compatibility;

import org.jspecify.annotations.NullMarked;
