/** Files made from a plan: schemas, interface descriptions, tables with grants, and Java types with item handles. */
@NullMarked
package dev.fairlead.generate;

import org.jspecify.annotations.NullMarked;
