package dev.kindred.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.losses.InfoNce;
import org.junit.jupiter.api.Test;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class MixedLossTest {
  private static final float[][] QUERIES = {{1, 2}, {-1, 0.5f}, {0.3f, -2}};
  private static final float[][] KEYS = {{2, 1}, {-3, 1}, {1, -1}};
  private static final float[] SHARES = {0.5f, 0.8f, 1};

  /** Two labels a row: its own, and that of the row before. */
  @Test
  void isTheCrossEntropyWithMixedTargets() {
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      expected -=
          (SHARES[i] * logShare(i, i) + (1 - SHARES[i]) * logShare(i, Math.floorMod(i - 1, 3))) / 3;
    }
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      Operand<TFloat32> queries = tf.constant(QUERIES);
      InfoNce rows = InfoNce.withTemperature(1).rows();
      Operand<TFloat32> loss =
          MixedLoss.of(
              tf, tf.constant(SHARES), tf.constant(KEYS), keys -> rows.of(tf, queries, keys));
      assertThat(loss.asTensor().getFloat()).isCloseTo((float) expected, within(1e-6f));
    }
  }

  private static double logShare(int query, int key) {
    double sum = 0;
    for (float[] other : KEYS) {
      sum += Math.exp(cosine(QUERIES[query], other));
    }
    return cosine(QUERIES[query], KEYS[key]) - Math.log(sum);
  }

  private static double cosine(float[] a, float[] b) {
    return (a[0] * b[0] + a[1] * b[1]) / Math.hypot(a[0], a[1]) / Math.hypot(b[0], b[1]);
  }
}
