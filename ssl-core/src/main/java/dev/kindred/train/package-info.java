/** The training loop. */
@NullMarked
package dev.kindred.train;

import org.jspecify.annotations.NullMarked;
