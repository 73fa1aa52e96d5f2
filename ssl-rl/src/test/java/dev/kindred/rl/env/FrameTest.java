package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {
  @Test
  void stacksHaveTheOldestFirst() {
    Frame old = new Frame(1, 1, 2, new byte[] {1, 2});
    Frame young = new Frame(2, 1, 2, new byte[] {3, 4, 5, 6});
    Frame stack = Frame.stack(List.of(old, young));
    assertThat(stack).hasToString("[3, 1, 2]");
    assertThat(stack.samples()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void saysWhatDoesNotFit() {
    assertThatThrownBy(() -> new Frame(3, 2, 2, new byte[11]))
        .hasMessage("a frame of [3, 2, 2] must have 12 samples, had 11");
    assertThatThrownBy(() -> new Frame(-1, -1, 1, new byte[1]))
        .hasMessage("channels must be >= 1, was -1");
    Frame wide = new Frame(1, 1, 2, new byte[2]);
    Frame high = new Frame(1, 2, 1, new byte[2]);
    assertThatThrownBy(() -> Frame.stack(List.of(wide, high)))
        .hasMessage("stacked frames must be of one size, were [1, 1, 2] and [1, 2, 1]");
    assertThatThrownBy(() -> Frame.stack(List.of())).hasMessage("frames must be >= 1, was 0");
  }
}
