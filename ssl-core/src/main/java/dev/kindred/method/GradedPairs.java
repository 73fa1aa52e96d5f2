package dev.kindred.method;

import dev.kindred.losses.CoSent;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Pairs of graded similarity, by {@link CoSent}: a pair of a higher grade is to have a higher
 * cosine than one of a lower grade. The label of an example is its grade, higher for more alike;
 * only the order counts, so classes that are sorted scores serve. Examples without a label are left
 * out of the loss.
 *
 * @param projector the widths of a head that is thrown away after training; none for no head
 * @param scale what cosines are multiplied by, {@code > 0}
 * @see <a href="https://kexue.fm/archives/8847">Su 2022, CoSENT</a>
 */
public record GradedPairs(List<Integer> projector, double scale) implements SeparableMethod {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public GradedPairs {
    projector = Widths.ofOptional("projector", projector);
    new CoSent(scale);
  }

  /** Without a head, at the author's scale. */
  public static GradedPairs defaults() {
    return new GradedPairs(List.of(), CoSent.DEFAULT_SCALE);
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views) {
    return Widths.project(scope, projector, views.subList(0, 2));
  }

  @Override
  public Objective compare(MethodScope<?> scope, List<Operand<TFloat32>> z) {
    Operand<TFloat32> grades = grades(scope.tf(), scope.labels());
    return Objective.of(new CoSent(scale).of(scope.tf(), z.get(0), z.get(1), grades));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("graded-pairs", this);
  }

  /** The labels, and NaN for none: it is neither above nor below any grade. */
  private static Operand<TFloat32> grades(Ops tf, Operand<TInt32> labels) {
    return tf.select(
        tf.math.greaterEqual(labels, tf.constant(0)),
        tf.dtypes.cast(labels, TFloat32.class),
        tf.constant(Float.NaN));
  }
}
