/** What the demos have alike: how a run is shown, waited for, judged and cleaned up. */
@NullMarked
package dev.fairlead.examples.demo;

import org.jspecify.annotations.NullMarked;
