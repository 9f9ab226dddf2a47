@NullMarked
package dev.fairlead.engine.documents;

import org.jspecify.annotations.NullMarked;
