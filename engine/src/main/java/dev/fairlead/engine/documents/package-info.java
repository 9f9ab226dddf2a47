/** Values as documents, for processes that have no Java types for the items of a plan. */
@NullMarked
package dev.fairlead.engine.documents;

import org.jspecify.annotations.NullMarked;
