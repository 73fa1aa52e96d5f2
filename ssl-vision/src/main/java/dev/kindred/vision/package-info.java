/** Images: sources, views, encoders and the embedder. */
@NullMarked
package dev.kindred.vision;

import org.jspecify.annotations.NullMarked;
