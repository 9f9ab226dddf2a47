/** Reports on a decided plan for people: text, Markdown, Mermaid and one HTML page. */
@NullMarked
package dev.fairlead.planner.report;

import org.jspecify.annotations.NullMarked;
