package dev.kindred.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.data.Feeds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;

class ReadyViewsTest {
  private final ReadyViews views = new ReadyViews(1, 2);

  @Test
  void laysEveryExamplesViewsInTheirOwnTensors() {
    try (Feeds feeds = views.pack(List.of(new float[] {1, 2, 3, 4, 5, 6}, new float[6]))) {
      assertThat(values(feeds, "view0")).isEqualTo(new float[][] {{1, 2, 3}, {0, 0, 0}});
      assertThat(values(feeds, "view1")).isEqualTo(new float[][] {{4, 5, 6}, {0, 0, 0}});
    }
  }

  @Test
  void drawsTheSameNoiseFromTheSameSeed() {
    assertThat(views.noise(2, 7).get(1)).isEqualTo(views.noise(2, 7).get(1)).hasSize(6);
    assertThat(views.noise(2, 7).get(1)).isNotEqualTo(views.noise(2, 8).get(1));
  }

  private static float[][] values(Feeds feeds, String name) {
    float[][][][] all = StdArrays.array4dCopyOf((TFloat32) feeds.tensors().get(name));
    return new float[][] {all[0][0][0], all[1][0][0]};
  }
}
