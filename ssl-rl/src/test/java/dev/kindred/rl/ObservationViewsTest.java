package dev.kindred.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.Randomness;
import dev.kindred.data.ViewPipeline;
import dev.kindred.rl.augment.RandomCrop;
import dev.kindred.rl.augment.RandomShift;
import dev.kindred.rl.data.Clip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class ObservationViewsTest {
  private static final StackShape SHAPE = new StackShape(2, 3, 6, 5);

  @Test
  void bothViewsOfOneObservationAreItsStack() {
    List<Clip> clips = clips(4, 2);
    List<TFloat32Array> views = run(ObservationViews.of(SHAPE, TimePairs.same()), clips);
    assertThat(views).hasSize(2);
    for (int i = 0; i < clips.size(); i++) {
      views.get(0).requireStack(clips.get(i), i, 0);
      views.get(1).requireStack(clips.get(i), i, 0);
    }
  }

  @Test
  void aheadIsSoManyStepsLater() {
    List<Clip> clips = clips(3, 5);
    List<TFloat32Array> views = run(ObservationViews.of(SHAPE, TimePairs.ahead(3)), clips);
    for (int i = 0; i < clips.size(); i++) {
      views.get(0).requireStack(clips.get(i), i, 0);
      views.get(1).requireStack(clips.get(i), i, 3);
    }
  }

  @Test
  void withinIsEachDistanceOfThose() {
    List<Clip> clips = clips(120, 6);
    List<TFloat32Array> views = run(ObservationViews.of(SHAPE, TimePairs.within(4)), clips);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < clips.size(); i++) {
      views.get(0).requireStack(clips.get(i), i, 0);
      seen.add(views.get(1).step(clips.get(i), i));
    }
    assertThat(seen).containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  @Test
  void aRunIsEveryStep() {
    List<Clip> clips = clips(3, 5);
    List<TFloat32Array> views = run(ObservationViews.of(SHAPE, TimePairs.run(3)), clips);
    assertThat(views).hasSize(4);
    for (int step = 0; step <= 3; step++) {
      views.get(step).requireStack(clips.get(2), 2, step);
    }
  }

  @Test
  void viewsOfOneObservationAreAugmentedApart() {
    List<Clip> clips = clips(30, 2);
    List<TFloat32Array> views = run(ObservationViews.curl(SHAPE), clips);
    assertThat(views.get(0).values()).isNotEqualTo(views.get(1).values());
  }

  @Test
  void inferenceSeesTheMiddleOfWhatIsCropped() {
    ObservationViews cropped =
        ObservationViews.of(SHAPE, TimePairs.ahead(1), new RandomCrop(3), RandomShift.standard());
    List<Clip> clips = clips(2, 3);
    TFloat32Array view = run(cropped.inference(), clips).get(0);
    assertThat(view.shape()).isEqualTo(Shape.of(2, 3, 3, 6));
    assertThat(view.at(1, 0, 0, 4)).isCloseTo(expected(clips.get(1), 1, 1, 1, 1), within(1e-6f));
    TFloat32Array again =
        run(ObservationViews.fromSettings(cropped.inference().settings()), clips).get(0);
    assertThat(again.values()).isEqualTo(view.values());
  }

  @Test
  void refusesAClipOfAnotherShape() {
    Clip tall = new Clip(2, 3, 7, 5, new byte[2 * 3 * 7 * 5], new float[0][]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObservationViews.curl(SHAPE).pack(List.of(tall)))
        .withMessage("an example must have 2 or more pictures of [3, 6, 5], had 2 of [3, 7, 5]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObservationViews.atc(SHAPE, 1).pack(clips(1, 2)))
        .withMessageContaining("3 or more pictures of [3, 6, 5], had 2 of");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimePairs.ahead(0))
        .withMessage("steps between views must be >= 1, was 0");
  }

  private static float expected(Clip clip, int picture, int channel, int y, int x) {
    int at = ((picture * 3 + channel) * clip.height() + y) * clip.width() + x;
    return Byte.toUnsignedInt(clip.frames()[at]) / 255f - 0.5f;
  }

  private static List<Clip> clips(int count, int length) {
    Random random = new Random(count);
    List<Clip> clips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] frames = new byte[length * SHAPE.frameSize()];
      random.nextBytes(frames);
      clips.add(new Clip(length, 3, 6, 5, frames, new float[0][]));
    }
    return clips;
  }

  private record TFloat32Array(Shape shape, float[] values) {
    static TFloat32Array of(TFloat32 tensor) {
      float[] values = new float[(int) tensor.size()];
      tensor.asRawTensor().data().asFloats().read(values);
      return new TFloat32Array(tensor.shape(), values);
    }

    float at(int b, int y, int x, int c) {
      long[] size = shape.asArray();
      return values[(int) (((b * size[1] + y) * size[2] + x) * size[3]) + c];
    }

    boolean isStack(Clip clip, int row, int step) {
      for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 5; x++) {
          for (int c = 0; c < 6; c++) {
            float wanted = expected(clip, step + c / 3, c % 3, y, x);
            if (Math.abs(at(row, y, x, c) - wanted) > 1e-6f) {
              return false;
            }
          }
        }
      }
      return true;
    }

    void requireStack(Clip clip, int row, int step) {
      assertThat(isStack(clip, row, step)).as("row %d, step %d", row, step).isTrue();
    }

    int step(Clip clip, int row) {
      for (int step = 0; step <= 4; step++) {
        if (isStack(clip, row, step)) {
          return step;
        }
      }
      throw new AssertionError("no stack of the clip");
    }
  }

  private static List<TFloat32Array> run(
      ViewPipeline<Clip, Operand<TFloat32>> views, List<Clip> clips) {
    try (Graph graph = new Graph();
        Feeds feeds = views.pack(clips);
        TInt32 seeds = TInt32.vectorOf(5, 1)) {
      Ops tf = Ops.create(graph);
      Map<String, Operand<?>> placeholders = Placeholders.of(tf, views.feeds());
      Placeholder<TInt32> key = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
      List<Operand<TFloat32>> built = views.build(tf, placeholders, new Randomness(tf, key));
      try (Session session = new Session(graph)) {
        Session.Runner runner = session.runner().feed(key, seeds);
        feeds.tensors().forEach(runner::feed);
        built.forEach(runner::fetch);
        try (Result result = runner.run()) {
          List<TFloat32Array> arrays = new ArrayList<>();
          result.forEach(entry -> arrays.add(TFloat32Array.of((TFloat32) entry.getValue())));
          return arrays;
        }
      }
    }
  }
}
