package dev.kindred.rl.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Randomness;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class AugmentationsTest {
  private static final int STACK = 3;
  private static final int SIDE = 12;

  @Test
  void aShiftMovesAllPicturesOfAStackAlikeAndRepeatsTheEdge() {
    float[][][][][] in = random(200, 3, SIDE, 1);
    float[][][][][] out = run(new RandomShift(2), in, 1);
    Set<Integer> seen = new HashSet<>();
    for (int b = 0; b < in.length; b++) {
      seen.add(onlyShift(in[b], out[b], 2));
    }
    assertThat(seen).hasSize(25);
  }

  /** The one move that makes {@code out} of {@code in}. */
  private static int onlyShift(float[][][][] in, float[][][][] out, int pad) {
    int found = -1;
    for (int dy = -pad; dy <= pad; dy++) {
      for (int dx = -pad; dx <= pad; dx++) {
        if (isShift(in, out, dy, dx)) {
          assertThat(found).isEqualTo(-1);
          found = (dy + pad) * (2 * pad + 1) + dx + pad;
        }
      }
    }
    assertThat(found).as("a move of all planes").isNotEqualTo(-1);
    return found;
  }

  private static boolean isShift(float[][][][] in, float[][][][] out, int dy, int dx) {
    int side = in[0][0].length;
    for (int s = 0; s < in.length; s++) {
      for (int c = 0; c < in[0].length; c++) {
        for (int y = 0; y < side; y++) {
          for (int x = 0; x < side; x++) {
            int fromY = Math.max(0, Math.min(side - 1, y + dy));
            int fromX = Math.max(0, Math.min(side - 1, x + dx));
            if (out[s][c][y][x] != in[s][c][fromY][fromX]) {
              return false;
            }
          }
        }
      }
    }
    return true;
  }

  @Test
  void aCropIsOfEveryPlaceTheLastIncluded() {
    float[][][][][] in = random(200, 1, SIDE, 2);
    float[][][][][] out = run(new RandomCrop(9), in, 2);
    Set<Integer> seen = new HashSet<>();
    for (int b = 0; b < in.length; b++) {
      for (int y = 0; y <= 3; y++) {
        for (int x = 0; x <= 3; x++) {
          if (in[b][2][0][y][x] == out[b][2][0][0][0]) {
            assertThat(out[b][0][0][8][8]).isEqualTo(in[b][0][0][y + 8][x + 8]);
            seen.add(4 * y + x);
          }
        }
      }
    }
    assertThat(seen).hasSize(16);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(new RandomCrop(13), in, 2))
        .withMessage("crop size must be at most that of the picture, 12 by 12, was 13");
  }

  @Test
  void intensityIsOneFactorForAnObservation() {
    float[][][][][] in = random(400, 1, SIDE, 3);
    float[][][][][] out = run(new RandomIntensity(0.1), in, 3);
    double sum = 0;
    double squares = 0;
    for (int b = 0; b < in.length; b++) {
      float factor = out[b][0][0][0][0] / in[b][0][0][0][0];
      assertThat(out[b][2][0][5][7] / in[b][2][0][5][7]).isCloseTo(factor, within(1e-4f));
      assertThat(factor).isBetween(0.799f, 1.201f);
      sum += factor;
      squares += (factor - 1) * (factor - 1);
    }
    assertThat(sum / in.length).isCloseTo(1, within(0.02));
    // A standard normal cut at 2 has a deviation of 0.959.
    assertThat(Math.sqrt(squares / in.length)).isCloseTo(0.0959, within(0.012));
  }

  @Test
  void aCutoutIsOneRectangleOfTheAskedSize() {
    float[][][][][] in = random(300, 3, SIDE, 4);
    float[][][][][] out = run(new RandomCutout(3, 5, true), in, 4);
    Set<Integer> heights = new HashSet<>();
    for (int b = 0; b < in.length; b++) {
      int top = SIDE;
      int bottom = -1;
      int left = SIDE;
      int right = -1;
      int covered = 0;
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          if (out[b][1][0][y][x] != in[b][1][0][y][x]) {
            covered++;
            top = Math.min(top, y);
            bottom = Math.max(bottom, y);
            left = Math.min(left, x);
            right = Math.max(right, x);
            assertThat(out[b][1][0][y][x]).isEqualTo(out[b][0][0][top][left]);
          }
        }
      }
      assertThat(covered).isEqualTo((bottom - top + 1) * (right - left + 1));
      assertThat(bottom - top + 1).isBetween(3, 5);
      assertThat(right - left + 1).isBetween(3, 5);
      heights.add(bottom - top + 1);
    }
    assertThat(heights).containsExactlyInAnyOrder(3, 4, 5);
  }

  @Test
  void aBlackCutoutIsBlack() {
    float[][][][][] in = filled(20, 1, 0.5f);
    for (float[][][][] observation : run(new RandomCutout(4, 4, false), in, 5)) {
      int black = 0;
      for (float[] row : observation[0][0]) {
        for (float value : row) {
          assertThat(value == 0 || value == 0.5f).isTrue();
          black += value == 0 ? 1 : 0;
        }
      }
      assertThat(black).isEqualTo(16);
    }
  }

  @Test
  void coloursChangeAlikeInAllPicturesOfAStack() {
    float[][][][][] in = random(30, 3, SIDE, 6);
    for (float[][][][] observation : in) {
      observation[1] = observation[0];
    }
    float[][][][][] out = run(RandomColours.jitter(), in, 6);
    int changed = 0;
    for (int b = 0; b < in.length; b++) {
      assertThat(out[b][1]).isDeepEqualTo(out[b][0]);
      changed += out[b][0][0][0][0] == in[b][0][0][0][0] ? 0 : 1;
    }
    assertThat(changed).isGreaterThan(20);
  }

  @Test
  void greyHasEqualChannelsForItsShare() {
    float[][][][][] in = random(400, 3, SIDE, 7);
    int grey = 0;
    for (float[][][][] observation : run(RandomColours.grey(0.3), in, 7)) {
      boolean equal =
          Math.abs(observation[0][0][3][3] - observation[0][1][3][3]) < 1e-6
              && Math.abs(observation[2][1][5][3] - observation[2][2][5][3]) < 1e-6;
      grey += equal ? 1 : 0;
    }
    // 120 of 400; 9.2 is the standard deviation.
    assertThat(grey).isBetween(83, 157);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(RandomColours.jitter(), random(2, 1, SIDE, 8), 1))
        .withMessageContaining("needs pictures of 3 channels, these have 1");
  }

  /** Before its sigmoid it is linear in the picture and goes along when the picture moves. */
  @Test
  void aRandomConvolutionIsLinearAndMovesAlong() {
    float[][][][][] in = random(4, 3, SIDE, 9);
    float[][][][][] half = random(4, 3, SIDE, 9);
    float[][][][][] moved = random(4, 3, SIDE, 9);
    for (int b = 0; b < 4; b++) {
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < SIDE; y++) {
          for (int x = 0; x < SIDE; x++) {
            half[b][0][c][y][x] = in[b][0][c][y][x] / 2;
            moved[b][0][c][y][x] = in[b][0][c][Math.min(SIDE - 1, y + 1)][x];
          }
        }
      }
    }
    RandomConvolution convolution = new RandomConvolution(1);
    float[][][][][] out = run(convolution, in, 9);
    float[][][][][] outHalf = run(convolution, half, 9);
    float[][][][][] outMoved = run(convolution, moved, 9);
    for (int b = 0; b < 4; b++) {
      assertThat(logit(outHalf[b][0][1][4][6]))
          .isCloseTo(logit(out[b][0][1][4][6]) / 2, within(1e-4));
      assertThat(outMoved[b][0][1][4][6]).isCloseTo(out[b][0][1][5][6], within(1e-5f));
    }
    assertThat(out[0][0][1][4][6]).isNotEqualTo(out[1][0][1][4][6]);
    assertThat(run(new RandomConvolution(0), in, 9)).isDeepEqualTo(in);
  }

  /** Weights of variance 1 / 9 on one channel of ones sum to a normal number of variance 1. */
  @Test
  void aRandomConvolutionHasWeightsOfTheSaidVariance() {
    double squares = 0;
    float[][][][][] out = run(new RandomConvolution(1), filled(2000, 1, 1), 10);
    for (float[][][][] observation : out) {
      squares += Math.pow(logit(observation[0][0][6][6]), 2);
    }
    assertThat(squares / out.length).isCloseTo(1, within(0.13));
  }

  @Test
  void settingsSayWhatIsDone() {
    assertThat(RandomShift.standard().settings())
        .containsEntry("name", "random-shift")
        .containsEntry("pad", 4);
    assertThat(RandomColours.jitter().settings())
        .containsEntry("name", "color-jitter")
        .containsEntry("hue", 0.2);
  }

  private static double logit(float value) {
    return Math.log(value / (1 - (double) value));
  }

  private static float[][][][][] random(int batch, int channels, int side, long seed) {
    Random random = new Random(seed);
    float[][][][][] values = new float[batch][STACK][channels][side][side];
    for (float[][][][] observation : values) {
      for (float[][][] picture : observation) {
        for (float[][] plane : picture) {
          for (float[] row : plane) {
            for (int x = 0; x < side; x++) {
              row[x] = 0.1f + 0.8f * random.nextFloat();
            }
          }
        }
      }
    }
    return values;
  }

  private static float[][][][][] filled(int batch, int channels, float value) {
    float[][][][][] values = random(batch, channels, SIDE, 0);
    for (float[][][][] observation : values) {
      for (float[][][] picture : observation) {
        for (float[][] plane : picture) {
          for (float[] row : plane) {
            Arrays.fill(row, value);
          }
        }
      }
    }
    return values;
  }

  private static float[][][][][] run(
      ObservationAugmentation augmentation, float[][][][][] in, int seed) {
    try (Graph graph = new Graph();
        TFloat32 fed = tensor(in);
        TInt32 seeds = TInt32.vectorOf(seed, 1)) {
      Ops tf = Ops.create(graph);
      Shape shape = fed.shape().tail().prepend(Shape.UNKNOWN_SIZE);
      Placeholder<TFloat32> frames = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      Placeholder<TInt32> key = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
      Operand<TFloat32> out = augmentation.apply(tf, frames, new Randomness(tf, key));
      try (Session session = new Session(graph);
          Result result = session.runner().feed(frames, fed).feed(key, seeds).fetch(out).run()) {
        return array((TFloat32) result.get(0));
      }
    }
  }

  private static TFloat32 tensor(float[][][][][] values) {
    Shape shape =
        Shape.of(
            values.length,
            values[0].length,
            values[0][0].length,
            values[0][0][0].length,
            values[0][0][0][0].length);
    float[] flat = new float[(int) shape.size()];
    int at = 0;
    for (float[][][][] observation : values) {
      for (float[][][] picture : observation) {
        for (float[][] plane : picture) {
          for (float[] row : plane) {
            System.arraycopy(row, 0, flat, at, row.length);
            at += row.length;
          }
        }
      }
    }
    return TFloat32.tensorOf(shape, DataBuffers.of(flat));
  }

  private static float[][][][][] array(TFloat32 tensor) {
    long[] shape = tensor.shape().asArray();
    float[][][][][] values =
        new float[(int) shape[0]][(int) shape[1]][(int) shape[2]][(int) shape[3]][(int) shape[4]];
    float[] flat = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(flat);
    int at = 0;
    for (float[][][][] observation : values) {
      for (float[][][] picture : observation) {
        for (float[][] plane : picture) {
          for (float[] row : plane) {
            System.arraycopy(flat, at, row, 0, row.length);
            at += row.length;
          }
        }
      }
    }
    return values;
  }
}
