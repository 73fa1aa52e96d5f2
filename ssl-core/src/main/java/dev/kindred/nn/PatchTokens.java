package dev.kindred.nn;

import dev.kindred.runtime.Require;
import dev.kindred.runtime.Rows;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.framework.initializers.Zeros;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Images {@code [batch, height, width, channels]} as tokens {@code [batch, tokens, dimension]}: a
 * convolution whose stride is its size, perhaps a class token before the patches, and a learned
 * embedding of each position, which is interpolated for images of another size than it was made
 * for. Parameters: {@code patch_embed/kernel}, {@code patch_embed/bias}, {@code pos_embed}, {@code
 * cls_token}.
 *
 * @param patch the side of a patch
 * @param dimension the width of a token
 * @param grid how many patches a side the positions are for
 * @param classToken whether there is a class token
 */
public record PatchTokens(int patch, int dimension, int grid, boolean classToken) implements Block {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a number is not positive
   */
  public PatchTokens {
    Require.atLeastOne("patch", patch);
    Require.atLeastOne("dimension", dimension);
    Require.atLeastOne("grid", grid);
  }

  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    Ops tf = scope.tf();
    int rows = patches(input, 1);
    int columns = patches(input, 2);
    Operand<TFloat32> patches =
        tf.reshape(
            embedded(scope.child("patch_embed"), input), tf.array(-1, rows * columns, dimension));
    int positions = grid * grid + (classToken ? 1 : 0);
    Operand<TFloat32> embedding =
        scope.parameter(
            "pos_embed",
            Shape.of(positions, dimension),
            Initial::token,
            Parameter.Role.BIAS_OR_NORM);
    if (!classToken) {
      return tf.math.add(patches, resized(tf, embedding, rows, columns));
    }
    Operand<TFloat32> token =
        scope.parameter(
            "cls_token", Shape.of(1, dimension), Initial::token, Parameter.Role.BIAS_OR_NORM);
    List<? extends Operand<TFloat32>> split =
        List.of(
            tf.slice(embedding, tf.array(0, 0), tf.array(1, dimension)),
            tf.slice(embedding, tf.array(1, 0), tf.array(-1, dimension)));
    Operand<TFloat32> first = repeated(tf, tf.math.add(token, split.get(0)), patches);
    return tf.concat(
        List.of(first, tf.math.add(patches, resized(tf, split.get(1), rows, columns))),
        tf.constant(1));
  }

  private Operand<TFloat32> embedded(Scope scope, Operand<TFloat32> input) {
    Ops tf = scope.tf();
    long channels = Checks.lastDimension(scope, input);
    Operand<TFloat32> kernel =
        scope.parameter(
            "kernel",
            Shape.of(patch, patch, channels, dimension),
            seed -> Initial.uniform(patch * patch * channels, seed),
            Parameter.Role.WEIGHT);
    Operand<TFloat32> bias =
        scope.parameter(
            "bias", Shape.of(dimension), seed -> new Zeros<>(), Parameter.Role.BIAS_OR_NORM);
    List<Long> strides = List.of(1L, (long) patch, (long) patch, 1L);
    return tf.nn.biasAdd(tf.nn.conv2d(input, kernel, strides, "VALID"), bias);
  }

  private int patches(Operand<TFloat32> input, int axis) {
    long side = input.shape().get(axis);
    Require.that(
        side > 0 && side % patch == 0,
        "the side of a view",
        "a multiple of the patch of %d".formatted(patch),
        side);
    return Math.toIntExact(side / patch);
  }

  /** The positions of the grid, {@code [grid^2, dimension]}, for another number of patches. */
  private Operand<TFloat32> resized(Ops tf, Operand<TFloat32> positions, int rows, int columns) {
    if (rows == grid && columns == grid) {
      return positions;
    }
    Operand<TFloat32> image = tf.reshape(positions, tf.array(1, grid, grid, dimension));
    Operand<TFloat32> between =
        tf.image.resizeBilinear(
            image,
            tf.array(rows, columns),
            org.tensorflow.op.image.ResizeBilinear.halfPixelCenters(true));
    return tf.reshape(between, tf.array(rows * columns, dimension));
  }

  /** One token for every example. */
  private static Operand<TFloat32> repeated(
      Ops tf, Operand<TFloat32> token, Operand<TFloat32> like) {
    Operand<TInt32> count = Rows.count(tf, like);
    return tf.tile(
        tf.expandDims(token, tf.constant(0)),
        tf.stack(List.of(count, tf.constant(1), tf.constant(1))));
  }
}
