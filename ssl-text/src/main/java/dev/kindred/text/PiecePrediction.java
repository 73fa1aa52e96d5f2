package dev.kindred.text;

import dev.kindred.nn.Activations;
import dev.kindred.nn.Dense;
import dev.kindred.nn.LayerNorm;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Scope;
import dev.kindred.runtime.Rows;
import java.util.List;
import java.util.function.BinaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Zeros;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * BERT's head: which piece of the vocabulary is at a place. A dense layer, GELU and a normalisation
 * of its own, then the inner product with each piece's vector, which it shares with the encoder,
 * and a bias. Only the places that are asked for are worked out, so that the logits are {@code
 * [asked, vocabulary]}.
 *
 * @param scope where its own parameters are: {@code dense}, {@code norm}, {@code bias}
 * @param vocabulary the vectors of the pieces, {@code [pieces, dimension]}
 * @param epsilon of the normalisation
 */
record PiecePrediction(Scope scope, Operand<TFloat32> vocabulary, float epsilon) {
  /**
   * The mean cross-entropy over the whole batch, 0 where nothing is asked.
   *
   * @param mean makes of this worker's mean, and how many it is of, that of the whole batch
   * @param vectors {@code [batch, width, dimension]}
   * @param pieces the right answers, {@code [batch, width]}
   * @param asked at which places, {@code [batch, width]}
   */
  Operand<TFloat32> loss(
      BinaryOperator<Operand<TFloat32>> mean,
      Operand<TFloat32> vectors,
      Operand<TInt32> pieces,
      Operand<TBool> asked) {
    Ops tf = scope.tf();
    Operand<TInt64> places = tf.where(asked);
    Operand<TFloat32> shares = tf.nn.logSoftmax(logits(tf.gatherNd(vectors, places)));
    Operand<TInt32> answers = tf.gatherNd(pieces, places);
    Operand<TInt32> count = Rows.count(tf, answers);
    Operand<TInt32> each = tf.range(tf.constant(0), count, tf.constant(1));
    Operand<TFloat32> right =
        tf.gatherNd(
            shares, tf.stack(List.of(each, answers), org.tensorflow.op.core.Stack.axis(1L)));
    Operand<TFloat32> terms =
        tf.dtypes.cast(tf.math.maximum(count, tf.constant(1)), TFloat32.class);
    Operand<TFloat32> sum = tf.reduceSum(right, tf.constant(0), ReduceSum.keepDims(false));
    return mean.apply(tf.math.neg(tf.math.div(sum, terms)), terms);
  }

  private Operand<TFloat32> logits(Operand<TFloat32> vectors) {
    Ops tf = scope.tf();
    Shape shape = vocabulary.shape();
    int dimension = Math.toIntExact(shape.get(1));
    Operand<TFloat32> hidden =
        Dense.of(dimension)
            .withBias()
            .named("dense")
            .then(Activations.gelu())
            .then(new LayerNorm(epsilon).named("norm"))
            .apply(scope, tf.reshape(vectors, tf.array(-1, dimension)));
    Operand<TFloat32> bias =
        scope.parameter(
            "bias", Shape.of(shape.get(0)), seed -> new Zeros<>(), Parameter.Role.BIAS_OR_NORM);
    return tf.nn.biasAdd(tf.linalg.matMul(hidden, vocabulary, MatMul.transposeB(true)), bias);
  }
}
