package dev.kindred.train;

/**
 * Where in a run a step is.
 *
 * @param step which step, counting from 1
 * @param learningRate its learning rate
 * @param progress the share of the run that is done before it, in {@code [0, 1)}
 */
public record StepPoint(long step, float learningRate, double progress) {}
