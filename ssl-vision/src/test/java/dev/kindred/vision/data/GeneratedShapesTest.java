package dev.kindred.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.vision.Image;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class GeneratedShapesTest {
  @Test
  void drawsTheSameForTheSameSeedAndIndexWhateverElseIsDrawn() {
    Image alone = GeneratedShapes.of(100, 32, 7).get(42);
    GeneratedShapes other = GeneratedShapes.of(50, 32, 7);
    IntStream.range(0, 50).parallel().forEach(other::get);
    assertThat(other.get(42)).isEqualTo(alone);
  }

  @Test
  void drawsThisVeryPicture() {
    // Changes when the drawing does: results on earlier pictures cannot be compared any more.
    assertThat(GeneratedShapes.of(10, 32, 0).get(3).hashCode()).isEqualTo(-364290211);
  }

  @Test
  void drawsEveryPictureAndSeedAnew() {
    Set<Image> pictures = new HashSet<>();
    for (long seed = 0; seed < 3; seed++) {
      IntStream.range(0, 200)
          .mapToObj(GeneratedShapes.of(200, 16, seed)::get)
          .forEach(pictures::add);
    }
    assertThat(pictures).hasSize(600);
  }

  @Test
  void hasTenBalancedClasses() {
    GeneratedShapes shapes = GeneratedShapes.of(1000, 32, 0);
    int[] counts = new int[10];
    IntStream.range(0, 1000).forEach(i -> counts[shapes.label(i)]++);
    assertThat(counts).containsOnly(100);
    assertThat(shapes.classNames())
        .hasSize(10)
        .doesNotHaveDuplicates()
        .startsWith("striped circle");
    assertThat(shapes.id(123)).isEqualTo("shapes/000123");
  }

  @Test
  void cannotBeToldApartByRawPixels() {
    GeneratedShapes bank = GeneratedShapes.of(1000, 16, 0);
    GeneratedShapes queries = GeneratedShapes.of(200, 16, 1);
    float[][] vectors =
        IntStream.range(0, 1000).mapToObj(i -> unit(bank.get(i))).toArray(float[][]::new);
    long right =
        IntStream.range(0, 200)
            .filter(i -> bank.label(nearest(unit(queries.get(i)), vectors)) == queries.label(i))
            .count();
    assertThat(right).isLessThan(60);
  }

  @Property(tries = 200)
  void classesAreTheSameInTheMirror(
      @ForAll @DoubleRange(min = -1.2, max = 1.2) double x,
      @ForAll @DoubleRange(min = -1.2, max = 1.2) double y) {
    for (ShapeClass shape : ShapeClass.values()) {
      assertThat(shape.contains(-x, y)).as(shape.title()).isEqualTo(shape.contains(x, y));
    }
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> GeneratedShapes.of(0, 32, 0)).hasMessage("count must be >= 1, was 0");
    assertThatThrownBy(() -> GeneratedShapes.of(1, 7, 0)).hasMessage("side must be >= 8, was 7");
    GeneratedShapes one = GeneratedShapes.of(1, 8, 0);
    assertThatThrownBy(() -> one.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> one.id(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static int nearest(float[] query, float[][] bank) {
    int best = 0;
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < bank.length; i++) {
      float product = 0;
      for (int j = 0; j < query.length; j++) {
        product += query[j] * bank[i][j];
      }
      if (product > most) {
        most = product;
        best = i;
      }
    }
    return best;
  }

  /** The pixels less their mean, of length 1. */
  private static float[] unit(Image image) {
    byte[] pixels = image.pixels();
    double mean = IntStream.range(0, pixels.length).map(i -> pixels[i] & 0xFF).average().orElse(0);
    double[] centred =
        IntStream.range(0, pixels.length).mapToDouble(i -> (pixels[i] & 0xFF) - mean).toArray();
    double length = Math.sqrt(java.util.Arrays.stream(centred).map(v -> v * v).sum());
    float[] unit = new float[centred.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (centred[i] / length);
    }
    return unit;
  }
}
