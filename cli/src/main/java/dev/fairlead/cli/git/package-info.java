/** Reads what a git repository held at an earlier revision, through the git program. */
@NullMarked
package dev.fairlead.cli.git;

import org.jspecify.annotations.NullMarked;
