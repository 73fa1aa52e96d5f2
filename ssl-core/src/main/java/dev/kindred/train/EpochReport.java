package dev.kindred.train;

import java.util.Map;

/**
 * What an epoch gave.
 *
 * @param epoch the epochs done; 0 before training
 * @param step the steps done
 * @param loss the mean loss of the epoch's steps, NaN before training
 * @param examplesPerSecond the epoch's examples by the time of its steps, without checkpoints and
 *     evaluation; NaN before training
 * @param metrics what the evaluators said of the encoder as it is now
 */
public record EpochReport(
    int epoch, long step, double loss, double examplesPerSecond, Map<String, Double> metrics) {}
