/** Devices, precision, errors. */
@NullMarked
package dev.kindred.runtime;

import org.jspecify.annotations.NullMarked;
