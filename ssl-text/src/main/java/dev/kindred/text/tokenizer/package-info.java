/** Tokenizers: text to the numbered pieces that encoders have vectors for. */
@NullMarked
package dev.kindred.text.tokenizer;

import org.jspecify.annotations.NullMarked;
