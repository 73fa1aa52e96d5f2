/** Corpora: text files, tables, and what is read from them. */
@NullMarked
package dev.kindred.text.data;

import org.jspecify.annotations.NullMarked;
