/** What a node serves, told to those who call it: OpenAPI, AsyncAPI and a page, made from the plan. */
@NullMarked
package dev.fairlead.node.description;

import org.jspecify.annotations.NullMarked;
