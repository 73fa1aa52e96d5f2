package dev.kindred.nn;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A convolution followed by batch normalisation. For inference the normalisation is folded into the
 * convolution's kernel and a bias, which TensorFlow fuses with the convolution and an activation
 * after it. Parameters: the convolution's below {@code convName}, the normalisation's below {@code
 * normName}.
 *
 * @param conv the convolution
 * @param norm the normalisation of its output
 * @param convName the path of the convolution, such as {@code conv1}
 * @param normName the path of the normalisation, such as {@code bn1}
 */
public record ConvNorm(Conv2d conv, BatchNorm norm, String convName, String normName)
    implements Block {
  @Override
  public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> input) {
    if (scope.training()) {
      return conv.named(convName).then(norm.named(normName)).apply(scope, input);
    }
    Ops tf = scope.tf();
    BatchNorm.Affine affine = norm.inference(scope.child(normName), conv.filters());
    Operand<TFloat32> kernel = conv.kernel(scope.child(convName), input);
    Operand<TFloat32> folded = tf.math.mul(kernel, affine.factor());
    return tf.nn.biasAdd(conv.convolve(tf, input, folded), affine.offset());
  }
}
