package dev.kindred.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class RandomAndCausalTest {
  private static final int TOKENS = 5;
  private static final int WIDTH = 8;

  @Test
  void aCausalTokenIsBlindToThoseBehindIt() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Scope scope = new Network(tf, Network.Mode.INFERENCE, 1).scope();
      Placeholder<TFloat32> input =
          tf.placeholder(
              TFloat32.class, Placeholder.shape(Shape.of(-1, Shape.UNKNOWN_SIZE, WIDTH)));
      Operand<TFloat32> mask = tf.constant(new float[][] {{1, 1, 1, 1, 0}});
      Operand<TFloat32> output =
          TransformerBlock.vision(2, 16, 0)
              .apply(scope, input, new TokenContext(mask, false, true));
      session.initialize();
      float[][] before = run(session, input, output, tokens(-1));
      for (int changed = 0; changed < TOKENS; changed++) {
        float[][] after = run(session, input, output, tokens(changed));
        for (int token = 0; token < TOKENS; token++) {
          boolean sees = token == changed || changed < token && changed < TOKENS - 1;
          assertThat(Arrays.equals(before[token], after[token]))
              .as("token %d, when %d changes", token, changed)
              .isEqualTo(!sees);
        }
      }
    }
  }

  @Test
  void nothingIsDroppedWhereItIsStill() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Scope scope = new Network(tf, Network.Mode.TRAINING, 1).scope();
      Operand<TFloat32> input = tf.constant(new float[] {1, 2});
      assertThat(new Dropout(0.5).apply(scope.still().child("below"), input)).isSameAs(input);
      assertThat(scope.still().training()).isTrue();
      assertThat(scope.random()).isTrue();
    }
  }

  private static float[][] run(
      Session session, Placeholder<TFloat32> input, Operand<TFloat32> output, float[][][] fed) {
    try (TFloat32 tensor = TFloat32.tensorOf(StdArrays.ndCopyOf(fed));
        Result result = session.runner().feed(input, tensor).fetch(output).run()) {
      return StdArrays.array3dCopyOf((TFloat32) result.get(0))[0];
    }
  }

  private static float[][][] tokens(int changed) {
    Random random = new Random(4);
    float[][][] tokens = new float[1][TOKENS][WIDTH];
    for (int token = 0; token < TOKENS; token++) {
      for (int i = 0; i < WIDTH; i++) {
        tokens[0][token][i] = (float) random.nextGaussian() + (token == changed ? i : 0);
      }
    }
    return tokens;
  }
}
