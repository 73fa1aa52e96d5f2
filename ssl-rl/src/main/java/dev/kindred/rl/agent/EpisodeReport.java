package dev.kindred.rl.agent;

/**
 * An episode that is over.
 *
 * @param episode which episode, counting from 1
 * @param step how many steps of the environment the trainer has made
 * @param length how many of them were this episode's
 * @param earned the sum of its rewards
 * @param loss the mean loss of what was learnt during it; NaN if nothing was
 */
public record EpisodeReport(long episode, long step, int length, double earned, double loss) {}
