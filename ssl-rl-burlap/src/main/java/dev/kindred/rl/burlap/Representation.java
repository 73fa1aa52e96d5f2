package dev.kindred.rl.burlap;

import burlap.mdp.core.state.State;
import burlap.mdp.core.state.UnknownKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A vector as BURLAP's state: what an environment shows, such as the representation of a picture.
 * Its variables are the numbers of the vector, as {@link Double}s, and their keys the places, as
 * {@link Integer}s from 0. Immutable, and equal by value.
 */
public final class Representation implements State {
  private final float[] values;

  /** Copies {@code values}. */
  public Representation(float[] values) {
    this.values = values.clone();
  }

  /** The vector. */
  public float[] values() {
    return values.clone();
  }

  @Override
  public List<Object> variableKeys() {
    return new ArrayList<>(IntStream.range(0, values.length).boxed().toList());
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnknownKeyException if {@code key} is no place in the vector
   */
  @Override
  public Object get(Object key) {
    if (!(key instanceof Integer place) || place < 0 || place >= values.length) {
      throw new UnknownKeyException(key);
    }
    return (double) values[place];
  }

  /** This one, for it never changes. */
  @Override
  public State copy() {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Representation same && Arrays.equals(values, same.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
