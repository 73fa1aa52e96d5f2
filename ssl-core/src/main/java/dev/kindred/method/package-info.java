/** Self-supervised methods. */
@NullMarked
package dev.kindred.method;

import org.jspecify.annotations.NullMarked;
