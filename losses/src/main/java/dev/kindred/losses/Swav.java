package dev.kindred.losses;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * SwAV's swapped prediction: the code of one view is what every other view's scores must predict.
 *
 * <p>{@code -sum_k q_k log softmax(scores / T)_k}, mean over the batch, then over the other views,
 * then over the views that have codes. Scores are the products of normalised projections and
 * normalised prototypes. Equals lightly's SwaVLoss and solo-learn's swav_loss_func.
 *
 * @param temperature T, finite and {@code > 0}
 * @param assignment how codes are made from scores
 * @see <a href="https://arxiv.org/abs/2006.09882">Caron et al. 2020, Unsupervised Learning of
 *     Visual Features by Contrasting Cluster Assignments</a>
 */
public record Swav(double temperature, SinkhornKnopp assignment) implements PairLoss {
  /** The temperature of the paper. */
  public static final double DEFAULT_TEMPERATURE = 0.1;

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is not finite and {@code > 0}
   */
  public Swav {
    Arguments.requireTemperature(temperature);
  }

  /** The loss of the paper. */
  public static Swav standard() {
    return new Swav(DEFAULT_TEMPERATURE, SinkhornKnopp.standard());
  }

  /**
   * {@inheritDoc}
   *
   * @param scores0 of the first view {@code [batch, prototypes]}
   * @param scores1 of the second
   */
  @Override
  public <T extends TFloating> Operand<T> of(Ops tf, Operand<T> scores0, Operand<T> scores1) {
    return of(tf, List.of(scores0, scores1), 2);
  }

  /**
   * Adds the loss of several views to the graph, codes made from the first of them.
   *
   * @param scores of each view {@code [batch, prototypes]}, at least two views
   * @param coded how many of the first views have codes: all of two, or the large ones of a
   *     multi-crop
   * @throws IllegalArgumentException if the shapes are not equal matrices, or {@code coded} is not
   *     in 1 to the number of views
   */
  public <T extends TFloating> Operand<T> of(Ops tf, List<Operand<T>> scores, int coded) {
    Arguments.require(
        coded >= 1 && coded <= scores.size(), "coded", "in 1 to " + scores.size(), coded);
    Arguments.requireSameShapes("scores", scores);
    List<Operand<T>> codes = new ArrayList<>();
    scores.subList(0, coded).forEach(each -> codes.add(assignment.codes(tf, each)));
    return of(tf, scores, codes);
  }

  /**
   * Adds the loss for codes that were made elsewhere, from a queue too, say.
   *
   * @param scores of each view {@code [batch, prototypes]}, at least two views
   * @param codes of the first of them {@code [batch, prototypes]}; no gradient reaches them
   * @throws IllegalArgumentException if the shapes are not equal matrices, there are fewer than two
   *     views, or more codes than views
   */
  public <T extends TFloating> Operand<T> of(
      Ops tf, List<Operand<T>> scores, List<Operand<T>> codes) {
    Arguments.require(scores.size() >= 2, "views", ">= 2", scores.size());
    Arguments.require(
        !codes.isEmpty() && codes.size() <= scores.size(),
        "codes",
        "1 to " + scores.size(),
        codes.size());
    List<Operand<T>> all = new ArrayList<>(scores);
    all.addAll(codes);
    Arguments.requireSameShapes("scores and codes", all);
    return Precise.of(
        tf,
        all,
        in -> loss(tf, in.subList(0, scores.size()), in.subList(scores.size(), in.size())));
  }

  private <T extends TFloating> Operand<T> loss(
      Ops tf, List<Operand<T>> scores, List<Operand<T>> codes) {
    List<Operand<T>> terms = new ArrayList<>();
    for (int coded = 0; coded < codes.size(); coded++) {
      for (int view = 0; view < scores.size(); view++) {
        if (view != coded) {
          terms.add(
              Scores.crossEntropy(
                  tf, tf.stopGradient(codes.get(coded)), scores.get(view), temperature));
        }
      }
    }
    return Scores.mean(tf, terms);
  }
}
