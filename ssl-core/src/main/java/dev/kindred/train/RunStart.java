package dev.kindred.train;

import dev.kindred.embedding.WeightsReport;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run that is about to start or to go on.
 *
 * @param folder the run's folder
 * @param domain what kind of example is trained on, such as {@code image}
 * @param step the steps already done; 0 for a fresh run
 * @param totalSteps the steps of the whole run
 * @param examplesPerStep the examples of one step
 * @param weights what was loaded into the encoder just now; empty where it started from random
 *     values, or from a checkpoint
 */
public record RunStart(
    Path folder,
    String domain,
    long step,
    long totalSteps,
    int examplesPerStep,
    Optional<WeightsReport> weights) {}
