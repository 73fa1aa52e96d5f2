package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpaceTest {
  private final SplittableRandom random = new SplittableRandom(0);

  @Test
  void choicesBeginAtZero() {
    Space.Discrete three = new Space.Discrete(3);
    assertThat(three.contains(0)).isTrue();
    assertThat(three.contains(2)).isTrue();
    assertThat(three.contains(-1)).isFalse();
    assertThat(three.contains(3)).isFalse();
    assertThat(random.ints(100).mapToObj(i -> three.sample(random))).containsOnly(0, 1, 2);
    assertThatThrownBy(() -> new Space.Discrete(0)).hasMessage("choices must be >= 1, was 0");
  }

  @Test
  void boxesHaveTheirBounds() {
    Space.Box box = new Space.Box(new float[] {-1, 0}, new float[] {1, Float.POSITIVE_INFINITY});
    assertThat(box.contains(new float[] {-1, 0})).isTrue();
    assertThat(box.contains(new float[] {1, 1e30f})).isTrue();
    assertThat(box.contains(new float[] {1.0001f, 0})).isFalse();
    assertThat(box.contains(new float[] {0, -1e-9f})).isFalse();
    assertThat(box.contains(new float[] {Float.NaN, 0})).isFalse();
    assertThat(box.contains(new float[] {0})).isFalse();
    for (int i = 0; i < 1000; i++) {
      assertThat(box.contains(box.sample(random))).isTrue();
    }
  }

  @Test
  void boxesAreEqualByValueAndNotChangedFromOutside() {
    float[] low = {0};
    Space.Box box = new Space.Box(low, new float[] {1});
    low[0] = 5;
    box.high()[0] = 5;
    assertThat(box).isEqualTo(Space.Box.of(1, 0, 1)).hasSameHashCodeAs(Space.Box.of(1, 0, 1));
    assertThat(box).isNotEqualTo(Space.Box.unbounded(1));
  }

  @Test
  void boxesRefuseOtherBounds() {
    assertThatThrownBy(() -> new Space.Box(new float[] {0}, new float[] {1, 1}))
        .hasMessage("bounds must be of one length >= 1, were 1 and 2");
    assertThatThrownBy(() -> Space.Box.of(2, 1, 0))
        .hasMessage("bounds must be low <= high, were 1.0 and 0.0 at 0");
    assertThatThrownBy(() -> Space.Box.of(1, Float.NaN, 0)).hasMessageContaining("were NaN");
  }

  @Test
  void picturesAreOfOneShape() {
    Space.Pixels pixels = new Space.Pixels(3, 4, 5);
    Frame drawn = pixels.sample(random);
    assertThat(pixels.contains(drawn)).isTrue();
    assertThat(pixels.contains(new Frame(3, 5, 4, new byte[60]))).isFalse();
    assertThat(pixels.size()).isEqualTo(60);
  }
}
