@NullMarked
package dev.kindred.rl.env;

import org.jspecify.annotations.NullMarked;
