/** Values as JSON, through Jackson 3, within strict limits. */
@NullMarked
package dev.fairlead.codecs.json;

import org.jspecify.annotations.NullMarked;
