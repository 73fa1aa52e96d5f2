package dev.kindred.method;

import dev.kindred.losses.InfoNce;
import dev.kindred.losses.PairLoss;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Pairs that belong together, by any loss of pairs: {@link InfoNce} in both directions unless told,
 * {@link dev.kindred.losses.NPair}, {@link dev.kindred.losses.Triplet} with triplets mined of the
 * batch ({@link dev.kindred.losses.LabelledPairs}), {@link dev.kindred.losses.Matryoshka} around
 * one of these. For pairs as they come, such as questions and answers, and for two views alike.
 *
 * @param projector the widths of a head that is thrown away after training; none for no head
 * @param loss of the first two views; a record, so that a run can say what it is trained by
 * @see <a href="https://arxiv.org/abs/1705.00652">Henderson et al. 2017, Efficient Natural Language
 *     Response Suggestion for Smart Reply</a>
 */
public record PairContrast(List<Integer> projector, PairLoss loss) implements SeparableMethod {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a width is below 1, or the loss is no record
   */
  public PairContrast {
    projector = Widths.ofOptional("projector", projector);
    Require.that(
        loss instanceof Record,
        "loss",
        "a record, whose components say what it is",
        loss.getClass().getName());
  }

  /** Without a head, InfoNCE in both directions at SimCSE's temperature. */
  public static PairContrast defaults() {
    return of(InfoNce.withTemperature(SimCse.DEFAULT_TEMPERATURE).symmetric());
  }

  /** Without a head. */
  public static PairContrast of(PairLoss loss) {
    return new PairContrast(List.of(), loss);
  }

  @Override
  public <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views) {
    return Widths.project(scope, projector, views.subList(0, 2));
  }

  @Override
  public Objective compare(MethodScope<?> scope, List<Operand<TFloat32>> projections) {
    return Objective.of(loss.of(scope.tf(), projections.get(0), projections.get(1)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.named("pair-contrast", this);
  }
}
