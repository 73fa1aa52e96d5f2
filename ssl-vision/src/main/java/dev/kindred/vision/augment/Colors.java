package dev.kindred.vision.augment;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The colour matrices that augmentations are made of; rows make channels from channels. */
final class Colors {
  /** ITU-R 601 luma, as PIL and torchvision have it. */
  static final float[] LUMA = {0.299f, 0.587f, 0.114f};

  private Colors() {}

  static Operand<TFloat32> identity(Ops tf) {
    return tf.constant(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
  }

  static Operand<TFloat32> grey(Ops tf) {
    return tf.constant(new float[][] {LUMA, LUMA, LUMA});
  }

  /** Cuts to {@code [0, 1]}. */
  static Operand<TFloat32> clip(Ops tf, Operand<TFloat32> values) {
    return tf.clipByValue(values, tf.constant(0f), tf.constant(1f));
  }

  /** What turns the identity into the grey matrix when it is added. */
  static float[][] identityToGrey() {
    float[][] matrix = {LUMA.clone(), LUMA.clone(), LUMA.clone()};
    for (int c = 0; c < 3; c++) {
      matrix[c][c] -= 1;
    }
    return matrix;
  }
}
