/** What a team would write on Spring Cloud Stream: it is measured beside Fairlead, in a process of its own. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.binder;
