/**
 * What everything stands on: sessions and {@link dev.kindred.runtime.Precision}, files that appear
 * whole or not at all, JSON, and {@link dev.kindred.runtime.KindredException}, whose message is one
 * line for the user.
 *
 * <pre>{@code
 * WholeFile.write(Path.of("out.json"), out -> out.write(bytes));   // all of it, or nothing
 * try (Session session = Sessions.open(graph, Precision.BFLOAT16)) { ... }
 * }</pre>
 */
@NullMarked
package dev.kindred.runtime;

import org.jspecify.annotations.NullMarked;
