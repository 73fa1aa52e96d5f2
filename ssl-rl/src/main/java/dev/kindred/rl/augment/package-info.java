/** Random changes of pictured observations, made in the graph. */
@NullMarked
package dev.kindred.rl.augment;

import org.jspecify.annotations.NullMarked;
