/** Whether all that one version of a record may hold can be read by another, and a document that shows when not. */
@NullMarked
package dev.fairlead.contracts.compatibility;

import org.jspecify.annotations.NullMarked;
