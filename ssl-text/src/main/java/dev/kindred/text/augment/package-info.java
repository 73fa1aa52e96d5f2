/** Random changes of tokenised text, in the graph. */
@NullMarked
package dev.kindred.text.augment;

import org.jspecify.annotations.NullMarked;
