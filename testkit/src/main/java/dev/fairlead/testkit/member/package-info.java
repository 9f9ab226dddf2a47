/** Members of groups, receivers and owners in processes of their own, which are killed or stopped; the same for every mechanism. */
@NullMarked
package dev.fairlead.testkit.member;

import org.jspecify.annotations.NullMarked;
