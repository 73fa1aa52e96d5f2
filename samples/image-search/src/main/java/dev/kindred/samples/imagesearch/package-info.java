/** A small application that finds the images that look alike: {@code ImageSearch}. */
@NullMarked
package dev.kindred.samples.imagesearch;

import org.jspecify.annotations.NullMarked;
