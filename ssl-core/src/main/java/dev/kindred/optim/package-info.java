/** Optimizers and schedules. */
@NullMarked
package dev.kindred.optim;

import org.jspecify.annotations.NullMarked;
