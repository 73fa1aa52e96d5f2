/** Trained encoders in use. */
@NullMarked
package dev.kindred.embedding;

import org.jspecify.annotations.NullMarked;
