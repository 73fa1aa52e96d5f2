package dev.kindred.train;

/**
 * What a run's user should know while it goes on.
 *
 * @param step after which step it was seen
 * @param message what was seen, and what usually helps
 */
public record RunWarning(long step, String message) {}
