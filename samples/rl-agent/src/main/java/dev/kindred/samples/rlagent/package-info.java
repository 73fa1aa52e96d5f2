/** An agent that learns to see from random play, and then to act: a small app to copy from. */
@NullMarked
package dev.kindred.samples.rlagent;

import org.jspecify.annotations.NullMarked;
