package dev.kindred.method;

import dev.kindred.losses.InfoNce;
import dev.kindred.losses.Matryoshka;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * SimCSE: the second view of each example is found among those of all others, by {@link InfoNce}.
 * Where there are three views, the third of each example is a hard negative for all (supervised
 * SimCSE).
 *
 * <p>With {@code widths}, the loss is also taken of the first so many numbers of the
 * representations, and added: {@code loss(z) + sum_w loss(z[:w])}. A representation can then be cut
 * to these widths, and still be compared ({@link Matryoshka}).
 *
 * @param projector the widths of a head that is thrown away after training; none for no head
 * @param temperature the loss's temperature, {@code > 0}
 * @param widths shorter representations that are to be of use too; none beside a head, which alone
 *     sees the loss
 * @see <a href="https://arxiv.org/abs/2104.08821">Gao et al. 2021, SimCSE: Simple Contrastive
 *     Learning of Sentence Embeddings</a>
 * @see <a href="https://arxiv.org/abs/2205.13147">Kusupati et al. 2022, Matryoshka Representation
 *     Learning</a>
 */
public record SimCse(List<Integer> projector, double temperature, List<Integer> widths)
    implements SeparableMethod {
  /** The temperature of the paper. */
  public static final double DEFAULT_TEMPERATURE = 0.05;

  private static final int WITH_NEGATIVES = 3;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range, or there are widths and a head
   */
  public SimCse {
    projector = Widths.ofOptional("projector", projector);
    InfoNce.withTemperature(temperature);
    widths = Widths.ofOptional("widths", widths);
    Require.that(
        widths.isEmpty() || projector.isEmpty(), "widths", "none beside a projector", widths);
  }

  /** Without a head, at the paper's temperature and at the whole width. */
  public static SimCse defaults() {
    return new SimCse(List.of(), DEFAULT_TEMPERATURE, List.of());
  }

  /** The same method at another temperature. */
  public SimCse withTemperature(double value) {
    return new SimCse(projector, value, widths);
  }

  /** The same method with a head of these widths. */
  public SimCse withProjector(Integer... value) {
    return new SimCse(List.of(value), temperature, widths);
  }

  /** The same method for representations that are to be cut to these widths too. */
  public SimCse withWidths(Integer... value) {
    return new SimCse(projector, temperature, List.of(value));
  }

  @Override
  public <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views) {
    widths.forEach(
        width ->
            Require.that(
                width < scope.dimension(),
                "width",
                "< %d, the representation's".formatted(scope.dimension()),
                width));
    return Widths.project(
        scope, projector, views.subList(0, Math.min(views.size(), WITH_NEGATIVES)));
  }

  @Override
  public Objective compare(MethodScope<?> scope, List<Operand<TFloat32>> projections) {
    return Objective.of(loss(scope.tf(), projections));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("simcse", this);
  }

  /**
   * The loss.
   *
   * @param z queries, keys and, where there are some, more negatives of every query
   */
  Operand<TFloat32> loss(Ops tf, List<Operand<TFloat32>> z) {
    if (widths.isEmpty()) {
      return whole(tf, z);
    }
    int full = Math.toIntExact(z.get(0).shape().get(1));
    List<Integer> all = Stream.concat(Stream.of(full), widths.stream()).toList();
    return Matryoshka.summed(tf, all, z, cut -> whole(tf, cut));
  }

  private Operand<TFloat32> whole(Ops tf, List<Operand<TFloat32>> z) {
    InfoNce loss = InfoNce.withTemperature(temperature);
    return z.size() < WITH_NEGATIVES
        ? loss.of(tf, z.get(0), z.get(1))
        : loss.withNegatives(tf, z.get(0), z.get(1), z.get(2));
  }
}
