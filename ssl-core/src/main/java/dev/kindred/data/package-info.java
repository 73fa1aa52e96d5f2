/** How examples reach the graph. */
@NullMarked
package dev.kindred.data;

import org.jspecify.annotations.NullMarked;
