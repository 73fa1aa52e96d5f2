package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DistractorsTest {
  private static byte[] painted(Backdrop backdrop, int step) {
    Canvas canvas = new Canvas(30, 40);
    backdrop.paint(canvas, step, 0x808080);
    return canvas.frame().samples();
  }

  @Test
  void areAFunctionOfSeedAndStep() {
    Distractors one = Distractors.defaults();
    Distractors other = Distractors.defaults();
    one.begin(5);
    other.begin(4);
    byte[] before = painted(other, 70);
    painted(one, 3);
    byte[] expected = painted(one, 70);
    assertThat(before).isNotEqualTo(expected);
    other.begin(5);
    assertThat(painted(other, 70)).isEqualTo(expected);
    assertThat(painted(other, 71)).isNotEqualTo(expected);
  }

  @Test
  void leaveAsMuchOfTheBackgroundAsToldTo() {
    Distractors none = new Distractors(3, 0.2, 0.01, 0);
    none.begin(1);
    assertThat(painted(none, 9)).containsOnly(0x80);
    Distractors half = new Distractors(3, 0.2, 0.01, 0.5);
    half.begin(1);
    for (byte sample : painted(half, 9)) {
      assertThat(sample & 0xFF).isBetween(0x40, 0xC0);
    }
  }

  @Test
  void tellTheirSettings() {
    assertThat(new Distractors(3, 0.25, 0.02, 0.5).settings())
        .containsEntry("name", "distractors")
        .containsEntry("count", 3)
        .containsEntry("size", 0.25)
        .containsEntry("speed", 0.02)
        .containsEntry("strength", 0.5);
    assertThat(Backdrop.plain().settings()).containsEntry("name", "plain");
  }

  @Test
  void mayStandStill() {
    Distractors still = new Distractors(2, 0.2, 0, 1);
    still.begin(1);
    assertThat(painted(still, 0)).hasSize(3600);
  }

  @Test
  void refuseOtherSettings() {
    assertThatThrownBy(() -> new Distractors(-1, 0.2, 0.01, 0.5))
        .hasMessage("count must be finite and >= 0, was -1");
    assertThatThrownBy(() -> new Distractors(1, 0, 0.01, 0.5))
        .hasMessage("size must be in (0, 1], was 0.0");
    assertThatThrownBy(() -> new Distractors(1, 0.2, Double.NaN, 0.5))
        .hasMessageContaining("speed");
    assertThatThrownBy(() -> new Distractors(1, 0.2, 0.01, 1.5))
        .hasMessage("strength must be in [0, 1], was 1.5");
  }
}
