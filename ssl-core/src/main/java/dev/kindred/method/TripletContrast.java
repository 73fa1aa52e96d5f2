package dev.kindred.method;

import dev.kindred.losses.Triplet;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Anchors that are to be nearer to their positives than to their negatives, by {@link Triplet}; the
 * three are the views of an example. Other rows of the batch play no part: {@link SimCse} with
 * three views uses them too, and is the stronger method where a batch holds no false negatives.
 *
 * @param projector the widths of a head that is thrown away after training; none for no head
 * @param loss of given triplets
 * @see <a href="https://arxiv.org/abs/1503.03832">Schroff et al. 2015, FaceNet</a>
 * @see <a href="https://arxiv.org/abs/1908.10084">Reimers and Gurevych 2019, Sentence-BERT</a>
 */
public record TripletContrast(List<Integer> projector, Triplet loss) implements SeparableMethod {
  /** Enough for normalised rows, whose distances are in {@code [0, 2]}. */
  public static final double DEFAULT_MARGIN = 0.5;

  private static final int VIEWS = 3;

  /**
   * Checks the widths.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public TripletContrast {
    projector = Widths.ofOptional("projector", projector);
  }

  /** Without a head, euclidean distances of normalised rows. */
  public static TripletContrast defaults() {
    return new TripletContrast(List.of(), Triplet.withMargin(DEFAULT_MARGIN));
  }

  /** Three: anchor, positive, negative. */
  @Override
  public int views() {
    return VIEWS;
  }

  @Override
  public <V> List<Operand<TFloat32>> project(MethodScope<V> scope, List<V> views) {
    return Widths.project(scope, projector, views.subList(0, VIEWS));
  }

  @Override
  public Objective compare(MethodScope<?> scope, List<Operand<TFloat32>> z) {
    return Objective.of(loss.of(scope.tf(), z.get(0), z.get(1), z.get(2)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.named("triplet-contrast", this);
  }
}
