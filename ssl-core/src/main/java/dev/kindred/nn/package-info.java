/** Networks. */
@NullMarked
package dev.kindred.nn;

import org.jspecify.annotations.NullMarked;
