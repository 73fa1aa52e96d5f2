/** A small application that finds the sentences that mean alike: {@code SentenceSearch}. */
@NullMarked
package dev.kindred.samples.sentencesearch;

import org.jspecify.annotations.NullMarked;
