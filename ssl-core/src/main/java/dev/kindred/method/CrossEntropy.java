package dev.kindred.method;

import dev.kindred.nn.Dense;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Classification by a linear layer on the representation, trained with the encoder: the mean of
 * {@code -log softmax(W x + b)[label]} over all views. Not self-supervised: it is what encoders are
 * compared with, and how they are fine-tuned, by {@link dev.kindred.train.Pretraining#startFrom}.
 * The labels must be below {@code classes}. One view is enough.
 *
 * <p>The layer's parameters are {@value #KERNEL} {@code [dimension, classes]} and {@value #BIAS}
 * {@code [classes]}; {@link dev.kindred.train.RunFolder#variables} reads them after the run.
 *
 * @param classes the number of classes, at least 2
 */
public record CrossEntropy(int classes) implements Method {
  private static final String CLASSIFIER = "classifier";

  /** The path of the weights. */
  public static final String KERNEL = ONLINE + "/" + CLASSIFIER + "/kernel";

  /** The path of the biases. */
  public static final String BIAS = ONLINE + "/" + CLASSIFIER + "/bias";

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if {@code classes < 2}
   */
  public CrossEntropy {
    Require.that(classes >= 2, "classes", ">= 2", classes);
  }

  @Override
  public int views() {
    return 1;
  }

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> logits =
        scope.all(
            scope.head(
                ONLINE, CLASSIFIER, Dense.of(classes).withBias(), scope.encode(ONLINE, views)));
    Operand<TFloat32> all = logits.size() == 1 ? logits.get(0) : tf.concat(logits, tf.constant(0));
    Operand<TInt32> labels = tf.tile(scope.labels(), tf.constant(new int[] {logits.size()}));
    Operand<TFloat32> truth =
        tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> each =
        tf.math.neg(tf.reduceSum(tf.math.mul(truth, tf.nn.logSoftmax(all)), tf.constant(1)));
    Operand<TFloat32> right =
        tf.dtypes.cast(
            tf.math.equal(tf.math.argMax(all, tf.constant(1), TInt32.class), labels),
            TFloat32.class);
    return Objective.of(tf.math.mean(each, tf.constant(0)))
        .metric("train_accuracy", tf.math.mean(right, tf.constant(0)));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("cross-entropy", this);
  }
}
