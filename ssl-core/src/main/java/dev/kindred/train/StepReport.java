package dev.kindred.train;

import java.util.Map;

/**
 * What a training step gave.
 *
 * @param step the steps done, counting from 1
 * @param totalSteps the steps of the whole run
 * @param epoch the epoch of this step, counting from 1
 * @param totalEpochs the epochs of the whole run
 * @param loss the loss of this step's batch
 * @param metrics the method's own metrics by name
 * @param learningRate the learning rate of this step
 * @param examples the examples of this step's batch
 * @param seconds the time that this step took, waiting for its batch included
 */
public record StepReport(
    long step,
    long totalSteps,
    int epoch,
    int totalEpochs,
    float loss,
    Map<String, Float> metrics,
    float learningRate,
    int examples,
    double seconds) {}
