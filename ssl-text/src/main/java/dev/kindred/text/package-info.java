/** Sentence embeddings: from sentences without labels to an encoder for search. */
@NullMarked
package dev.kindred.text;

import org.jspecify.annotations.NullMarked;
