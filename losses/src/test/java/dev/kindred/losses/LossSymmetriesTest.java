package dev.kindred.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What may be done to a batch without changing a loss; each try goes through all of them. */
class LossSymmetriesTest {
  private static final int TRIES = 2;
  private static final double TOLERANCE = 1e-9;

  @Property(tries = TRIES)
  void theOrderOfTheExamplesDoesNotMatter(@ForAll long seed) {
    int[] order = order(new Random(seed));
    LossCases.ALL.forEach(
        (name, it) -> {
          double[][][] inputs = it.inputs(seed);
          Evaluated usual = Evaluated.in64(it.loss(), inputs);
          Evaluated shuffled =
              Evaluated.in64(it.inOrder().apply(order), each(inputs, x -> inOrder(x, order)));
          LossChecks.same(
              name,
              shuffled,
              new Evaluated(
                  usual.value(), usual.gradients().stream().map(x -> inOrder(x, order)).toList()),
              TOLERANCE);
        });
  }

  @Property(tries = TRIES)
  void theLengthsOfTheRowsDoNotMatter(@ForAll long seed) {
    Random random = new Random(seed);
    double[] factors = random.doubles(LossCases.BATCH, 0.1, 20).toArray();
    assertUnchanged(
        seed, x -> Golden.matrix(x.length, x[0].length, (i, j) -> x[i][j] * factors[i]));
  }

  @Property(tries = TRIES)
  void turningTheSpaceChangesNothing(@ForAll long seed) {
    double[] angles = new Random(seed).doubles(LossCases.WIDTH, 0, 2 * Math.PI).toArray();
    assertUnchanged(seed, x -> turned(x, angles));
  }

  /** Which view is called the first is an accident where the formula does not tell them apart. */
  @Property(tries = TRIES)
  void theOrderOfTheViewsDoesNotMatter(@ForAll long seed) {
    for (String name :
        List.of(
            "ntxent",
            "dcl",
            "infonce symmetric",
            "logistic nce",
            "siglip",
            "barlow twins",
            "vicreg",
            "alignment",
            "cosent")) {
      LossCases.Case it = LossCases.named(name);
      double[][][] inputs = it.inputs(seed);
      Evaluated usual = Evaluated.in64(it.loss(), inputs);
      Evaluated swapped = Evaluated.in64(it.loss(), inputs[1], inputs[0]);
      List<double[][]> gradients = swapped.gradients();
      LossChecks.same(
          name,
          new Evaluated(swapped.value(), List.of(gradients.get(1), gradients.get(0))),
          usual,
          TOLERANCE);
    }
  }

  private static void assertUnchanged(long seed, UnaryOperator<double[][]> change) {
    LossCases.ALL.forEach(
        (name, it) -> {
          if (it.spherical()) {
            double[][][] inputs = it.inputs(seed);
            double usual = Evaluated.in64(it.loss(), inputs).value();
            assertThat(Evaluated.in64(it.loss(), each(inputs, change)).value())
                .as(name)
                .isCloseTo(usual, within(TOLERANCE * Math.max(1, Math.abs(usual))));
          }
        });
  }

  private static int[] order(Random random) {
    List<Integer> order = IntStream.range(0, LossCases.BATCH).boxed().collect(Collectors.toList());
    Collections.shuffle(order, random);
    return order.stream().mapToInt(i -> i).toArray();
  }

  private static double[][][] each(double[][][] inputs, UnaryOperator<double[][]> change) {
    return Arrays.stream(inputs).map(change).toArray(double[][][]::new);
  }

  private static double[][] inOrder(double[][] rows, int[] order) {
    return Golden.matrix(rows.length, rows[0].length, (i, j) -> rows[order[i]][j]);
  }

  /** Turns the plane of each column and the next. */
  private static double[][] turned(double[][] rows, double[] angles) {
    double[][] turned = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    for (double[] row : turned) {
      for (int j = 0; j < angles.length; j++) {
        int next = (j + 1) % angles.length;
        double x = row[j];
        double y = row[next];
        row[j] = Math.cos(angles[j]) * x - Math.sin(angles[j]) * y;
        row[next] = Math.sin(angles[j]) * x + Math.cos(angles[j]) * y;
      }
    }
    return turned;
  }
}
