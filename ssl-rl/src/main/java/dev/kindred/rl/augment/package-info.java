/**
 * Random changes of observations, the same for all pictures of a stack.
 *
 * <pre>{@code
 * List<ObservationAugmentation> view = List.of(RandomShift.standard(), RandomIntensity.standard());
 * }</pre>
 */
@NullMarked
package dev.kindred.rl.augment;

import org.jspecify.annotations.NullMarked;
