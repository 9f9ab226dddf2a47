/** A small landscape that breaks every rule. Its packages are not null-marked: that is one of the rules. */
package dev.fairlead.architecture.violating;
