@NullMarked
package dev.kindred.vision.augment;

import org.jspecify.annotations.NullMarked;
