package dev.kindred.losses;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The triplet loss: an anchor must be nearer to a row of its own label than to a row of another, by
 * a margin.
 *
 * <p>{@code max(0, d_ap - d_an + margin)} over triplets of an anchor a, a positive p of the same
 * label and a negative n of another one; {@code log(1 + exp(d_ap - d_an + margin))} with a soft
 * margin; with swap the smaller of {@code d_an} and {@code d_pn} in place of {@code d_an}. {@link
 * Mining} says which triplets, {@link Averaging} what their losses are divided by. Distances are
 * those of normalised rows unless told otherwise.
 *
 * <p>Equals pytorch-metric-learning's TripletMarginLoss and its miners: {@link Averaging#VIOLATING}
 * is its default, {@link Averaging#TRIPLETS} its MeanReducer. FaceNet is {@link
 * Distance#SQUARED_EUCLIDEAN} with {@link Mining#SEMI_HARD}.
 *
 * <p>Without any triplet, and where no triplet violates its margin, it is exactly 0 with gradient
 * 0. Distances are compared in float64. Memory is quadratic in the batch: triplets are counted by
 * sorting each anchor's distances, never listed. Soft margin and swap, which do look at every
 * triplet, work through the anchors in at most 64 blocks.
 *
 * @param margin finite and {@code >= 0}
 * @param distance d
 * @param normalized whether rows are normalised first
 * @param mining which triplets count
 * @param averaging what the sum of the losses is divided by
 * @param soft whether the margin is soft
 * @param swap whether the positive may stand in for the anchor
 * @see <a href="https://arxiv.org/abs/1503.03832">Schroff et al. 2015, FaceNet</a>
 * @see <a href="https://arxiv.org/abs/1703.07737">Hermans et al. 2017, In Defense of the Triplet
 *     Loss for Person Re-Identification</a>
 */
public record Triplet(
    double margin,
    Distance distance,
    boolean normalized,
    Mining mining,
    Averaging averaging,
    boolean soft,
    boolean swap)
    implements LabelLoss {

  /** Which triplets count. {@code gap = d_an - d_ap}, without swap. */
  public enum Mining {
    /** All triplets. */
    ALL,
    /** For each anchor its farthest positive and its nearest negative. */
    BATCH_HARD,
    /** Those with the negative no farther than the positive: {@code gap <= 0}. */
    HARD,
    /** Those with the negative farther, but within the margin: {@code 0 < gap <= margin}. */
    SEMI_HARD,
    /** Those beyond the margin, {@code gap > margin}; of interest with a soft margin only. */
    EASY
  }

  /** What the sum of the losses is divided by. */
  public enum Averaging {
    /** The number of the triplets that {@link Mining} chose. */
    TRIPLETS,
    /** The number of those whose loss is above zero. */
    VIOLATING
  }

  /**
   * Checks the margin.
   *
   * @throws IllegalArgumentException if it is not finite and {@code >= 0}
   */
  public Triplet {
    Arguments.requireAtLeastZero("margin", margin);
  }

  /** Euclidean distance of normalised rows, all triplets, the mean over all. */
  public static Triplet withMargin(double margin) {
    return new Triplet(
        margin, Distance.EUCLIDEAN, true, Mining.ALL, Averaging.TRIPLETS, false, false);
  }

  /** The same loss with another distance. */
  public Triplet distance(Distance value) {
    return new Triplet(margin, value, normalized, mining, averaging, soft, swap);
  }

  /** The same loss with rows taken as they are. */
  public Triplet unnormalized() {
    return new Triplet(margin, distance, false, mining, averaging, soft, swap);
  }

  /** The same loss of other triplets. */
  public Triplet mining(Mining value) {
    return new Triplet(margin, distance, normalized, value, averaging, soft, swap);
  }

  /** The same loss divided by another count. */
  public Triplet averaging(Averaging value) {
    return new Triplet(margin, distance, normalized, mining, value, soft, swap);
  }

  /** The same loss with a soft margin. */
  public Triplet withSoftMargin() {
    return new Triplet(margin, distance, normalized, mining, averaging, true, swap);
  }

  /** The same loss with swap. */
  public Triplet withSwap() {
    return new Triplet(margin, distance, normalized, mining, averaging, soft, true);
  }

  /**
   * Adds the loss of given triplets to the graph; {@link #mining} is not asked.
   *
   * @param anchors {@code [triplets, dim]}
   * @param positives {@code [triplets, dim]}
   * @param negatives {@code [triplets, dim]}
   * @return a scalar of the type of {@code anchors}
   * @throws IllegalArgumentException if the shapes are not equal matrices
   */
  public <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> anchors, Operand<T> positives, Operand<T> negatives) {
    Arguments.requireSameShape("anchors", anchors, "positives", positives);
    Arguments.requireSameShape("anchors", anchors, "negatives", negatives);
    return Precise.of(
        tf,
        List.of(anchors, positives, negatives),
        in ->
            ofRows(tf, prepared(tf, in.get(0)), prepared(tf, in.get(1)), prepared(tf, in.get(2))));
  }

  @Override
  public <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> embeddings, Operand<TInt32> labels) {
    Arguments.requireOneEach("embeddings", embeddings, "labels", labels);
    return Precise.of(tf, List.of(embeddings), in -> ofLabels(tf, in.get(0), labels));
  }

  private <T extends TFloating> Operand<T> ofLabels(
      Ops tf, Operand<T> embeddings, Operand<TInt32> labels) {
    Operand<TFloat64> rows = prepared(tf, tf.dtypes.cast(embeddings, TFloat64.class));
    Operand<TFloat64> distances = distance.wideMatrix(tf, rows, rows);
    Operand<TFloat64> loss =
        mining == Mining.BATCH_HARD
            ? new HardestTriplets(this, tf, labels).loss(distances)
            : soft || swap
                ? new ListedTriplets(this, tf, labels).loss(distances)
                : new CountedTriplets(this, tf, labels).loss(distances);
    return tf.dtypes.cast(loss, embeddings.type());
  }

  private <T extends TFloating> Operand<T> ofRows(
      Ops tf, Operand<T> anchors, Operand<T> positives, Operand<T> negatives) {
    Operand<T> near = distance.paired(tf, anchors, positives);
    Operand<T> far = distance.paired(tf, anchors, negatives);
    Operand<T> farthest =
        swap ? tf.math.minimum(far, distance.paired(tf, positives, negatives)) : far;
    Operand<T> losses = losses(tf, near, farthest);
    return mean(tf, losses, Scalars.ones(tf, losses, Sizes.everywhere(tf, losses)));
  }

  private <T extends TFloating> Operand<T> prepared(Ops tf, Operand<T> rows) {
    return normalized ? Rows.normalize(tf, rows) : rows;
  }

  /** The loss of triplets from their distances to the positive and to the negative. */
  <T extends TFloating> Operand<T> losses(Ops tf, Operand<T> near, Operand<T> far) {
    Operand<T> violation = tf.math.add(tf.math.sub(near, far), Scalars.of(tf, near, margin));
    return soft ? tf.math.softplus(violation) : tf.nn.relu(violation);
  }

  /** The mean of a vector of losses, of those that are chosen (1, not 0). */
  <T extends TFloating> Operand<T> mean(Ops tf, Operand<T> losses, Operand<T> chosen) {
    Operand<T> kept = tf.math.mul(losses, chosen);
    return tf.math.div(
        Scalars.total(tf, kept),
        Scalars.divisor(tf, losses, Scalars.total(tf, divided(tf, losses, chosen))));
  }

  /** 1 where a chosen loss enters the divisor, else 0. */
  <T extends TFloating> Operand<T> divided(Ops tf, Operand<T> losses, Operand<T> chosen) {
    return averaging == Averaging.TRIPLETS
        ? chosen
        : tf.math.mul(
            chosen, Scalars.ones(tf, losses, tf.math.greater(losses, Scalars.of(tf, losses, 0))));
  }
}
