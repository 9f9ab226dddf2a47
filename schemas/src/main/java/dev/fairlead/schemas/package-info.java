/** Schemas that were written elsewhere (JSON Schema, Avro), held against their earlier versions. */
@NullMarked
package dev.fairlead.schemas;

import org.jspecify.annotations.NullMarked;
