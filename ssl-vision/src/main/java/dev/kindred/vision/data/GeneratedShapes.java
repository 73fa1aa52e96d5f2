package dev.kindred.vision.data;

import dev.kindred.data.Dataset;
import dev.kindred.runtime.Require;
import dev.kindred.vision.Image;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Drawn pictures of ten classes of textured shapes, for trying things out without a download: each
 * class is one outline with one texture, such as a striped circle. Colours, place, size, tilt,
 * light, background, clutter and noise are random and tell nothing about the class, so pixels
 * compared one by one find it hardly better than chance; what survives cropping, mirroring and
 * changes of colour tells it.
 *
 * <p>A picture is a pure function of seed and index, drawn anew at each {@link #get}; the classes
 * take turns. Another seed gives other pictures of the same classes: a test set. Ids are such as
 * {@code shapes/000123}. Immutable and safe for use from several threads.
 */
public final class GeneratedShapes implements Dataset<Image> {
  private static final int MIN_SIDE = 8;

  private static final List<String> CLASS_NAMES =
      Stream.of(ShapeClass.values()).map(ShapeClass::title).toList();

  private final int count;
  private final int side;
  private final long seed;

  private GeneratedShapes(int count, int side, long seed) {
    Require.atLeastOne("count", count);
    if (side < MIN_SIDE) {
      throw new IllegalArgumentException("side must be >= " + MIN_SIDE + ", was " + side);
    }
    this.count = count;
    this.side = side;
    this.seed = seed;
  }

  /**
   * Creates a set.
   *
   * @param count the number of pictures, at least 1
   * @param side their height and width, at least 8
   * @throws IllegalArgumentException if {@code count} or {@code side} is too small
   */
  public static GeneratedShapes of(int count, int side, long seed) {
    return new GeneratedShapes(count, side, seed);
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public Image get(int index) {
    return new ShapePainter(side, ShapeClass.of(label(index)), mixed(index)).paint();
  }

  @Override
  public String id(int index) {
    return "shapes/%06d".formatted(Objects.checkIndex(index, count));
  }

  @Override
  public int label(int index) {
    return Objects.checkIndex(index, count) % CLASS_NAMES.size();
  }

  @Override
  public List<String> classNames() {
    return CLASS_NAMES;
  }

  @Override
  public String description() {
    return "%,d generated shapes, %d x %d, seed %d".formatted(count, side, side, seed);
  }

  /** Does nothing. */
  @Override
  public void close() {}

  /** SplitMix64's finaliser, so that neighbouring seeds and indices draw unrelated numbers. */
  private long mixed(int index) {
    long z = seed * 0xD1342543DE82EF95L + (index + 1L) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
