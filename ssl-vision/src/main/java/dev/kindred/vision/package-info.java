/** Images: their sources, views, encoders and embedder. */
@NullMarked
package dev.kindred.vision;

import org.jspecify.annotations.NullMarked;
