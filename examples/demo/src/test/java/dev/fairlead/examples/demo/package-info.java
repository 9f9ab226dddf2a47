/** Tests of what the demos have alike. */
@NullMarked
package dev.fairlead.examples.demo;

import org.jspecify.annotations.NullMarked;
