@NullMarked
package dev.fairlead.cli.git;

import org.jspecify.annotations.NullMarked;
