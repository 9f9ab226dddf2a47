@NullMarked
package dev.fairlead.generate;

import org.jspecify.annotations.NullMarked;
