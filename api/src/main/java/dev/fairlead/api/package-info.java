/** What an application sees: items, owners, copies, readings, receipts, errors. */
@NullMarked
package dev.fairlead.api;

import org.jspecify.annotations.NullMarked;
