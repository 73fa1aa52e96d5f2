/**
 * The same work done by Kindred and by other libraries, in turn, in one run. Entry: {@link
 * dev.kindred.benchmarks.peers.StepRace}, by the script {@code benchmarks/run step}.
 */
@NullMarked
package dev.kindred.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
