package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappersTest {
  /** An environment whose only picture is given. */
  private static Environment<Frame, Integer> showing(Frame frame) {
    return new Counting(frame.channels(), frame.height(), frame.width(), 9) {
      @Override
      Frame frame() {
        return frame;
      }
    };
  }

  private static Frame frame(int channels, int height, int width, int... samples) {
    byte[] bytes = new byte[samples.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) samples[i];
    }
    return new Frame(channels, height, width, bytes);
  }

  @Test
  void stacksBeginWithTheFirstFrameRepeated() {
    FrameStack<Integer> stack = new FrameStack<>(new Counting(1, 1, 1, 9), 3);
    assertThat(stack.observationSpace()).isEqualTo(new Space.Pixels(3, 1, 1));
    assertThat(stack.reset(0).observation().samples()).containsExactly(0, 0, 0);
    assertThat(stack.step(0).observation().samples()).containsExactly(0, 0, 1);
    stack.step(0);
    assertThat(stack.step(0).observation().samples()).containsExactly(1, 2, 3);
    assertThat(stack.reset(0).observation().samples()).containsExactly(0, 0, 0);
    assertThatThrownBy(() -> new FrameStack<>(new Counting(1, 1, 1, 9), 0))
        .hasMessage("frames must be >= 1, was 0");
  }

  @Test
  void greyIsTheLuma() {
    Frame colours = frame(3, 1, 5, 255, 0, 0, 255, 10, 0, 255, 0, 255, 20, 0, 0, 255, 255, 30);
    GreyFrames<Integer> grey = new GreyFrames<>(showing(colours));
    assertThat(grey.observationSpace()).isEqualTo(new Space.Pixels(1, 1, 5));
    assertThat(grey.reset(0).observation().samples())
        .containsExactly(76, (byte) 150, 29, (byte) 255, 18);
  }

  @Test
  void stacksAreMadeGreyOneByOne() {
    Frame two = frame(6, 1, 1, 255, 255, 255, 0, 0, 255);
    assertThat(new GreyFrames<>(showing(two)).reset(0).observation().samples())
        .containsExactly((byte) 255, 29);
    assertThatThrownBy(() -> new GreyFrames<>(showing(frame(1, 1, 1, 0))))
        .hasMessage("channels must be a multiple of 3 to be made grey, was 1");
  }

  @Test
  void resizingAverages() {
    Frame plane = frame(2, 2, 4, 0, 10, 20, 30, 40, 50, 60, 70, 9, 9, 9, 9, 9, 9, 9, 9);
    ResizedFrames<Integer> half = new ResizedFrames<>(showing(plane), 1, 2);
    assertThat(half.observationSpace()).isEqualTo(new Space.Pixels(2, 1, 2));
    assertThat(half.reset(0).observation().samples()).containsExactly(25, 45, 9, 9);
  }

  @Test
  void resizingCountsPartsInPart() {
    Frame row = frame(1, 1, 3, 0, 90, 240);
    assertThat(resized(row, 2)).containsExactly(30, (byte) 190);
    assertThat(resized(row, 3)).containsExactly(0, 90, (byte) 240);
    assertThat(resized(row, 6)).containsExactly(0, 0, 90, 90, (byte) 240, (byte) 240);
  }

  private static byte[] resized(Frame row, int width) {
    return new ResizedFrames<>(showing(row), 1, width).reset(0).observation().samples();
  }

  @Test
  void passEverythingElseOn() {
    Counting inner = new Counting(3, 4, 4, 5);
    Environment<Frame, Integer> outer =
        new FrameStack<>(new ResizedFrames<>(new GreyFrames<>(inner), 2, 2), 2);
    assertThat(outer.actionSpace()).isEqualTo(new Space.Discrete(3));
    assertThat(outer.variables()).containsExactly("steps");
    outer.reset(0);
    Step<Frame> step = outer.step(2);
    assertThat(step.reward()).isEqualTo(2);
    assertThat(step.info()).containsEntry("steps", 1.0);
    outer.close();
    assertThat(inner.closed).isTrue();
  }

  @Test
  void limitsTruncateAtTheLimit() {
    TimeLimit<Frame, Integer> limited = new TimeLimit<>(new Counting(1, 1, 1, 9), 2);
    limited.reset(0);
    assertThat(limited.step(0).over()).isFalse();
    Step<Frame> last = limited.step(0);
    assertThat(last.truncated()).isTrue();
    assertThat(last.terminated()).isFalse();
    assertThatThrownBy(() -> limited.step(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the episode was truncated after 2 steps; call reset before the next step");
    limited.reset(0);
    assertThat(limited.step(0).over()).isFalse();
    assertThatThrownBy(() -> new TimeLimit<>(new Counting(1, 1, 1, 9), 0))
        .hasMessage("time limit must be >= 1, was 0");
  }

  @Test
  void anEndAtTheLimitIsBoth() {
    TimeLimit<Frame, Integer> limited = new TimeLimit<>(new Counting(1, 1, 1, 1), 1);
    limited.reset(0);
    Step<Frame> last = limited.step(0);
    assertThat(List.of(last.terminated(), last.truncated())).containsExactly(true, true);
  }

  @Test
  void picturesAreOfTheWorldBeforeItsBackdrop() {
    PixelEnvironment<Integer> plain =
        new PixelEnvironment<>(new CartPole(), 60, 80, Backdrop.plain());
    PixelEnvironment<Integer> distracted =
        new PixelEnvironment<>(new CartPole(), 60, 80, Distractors.defaults());
    Frame white = plain.reset(1).observation();
    Frame coloured = distracted.reset(1).observation();
    assertThat(Pictures.count(white, 0xFFFFFF)).isGreaterThan(3000);
    assertThat(Pictures.count(coloured, 0xFFFFFF)).isZero();
    assertThat(Pictures.count(coloured, 0x202020))
        .isEqualTo(Pictures.count(white, 0x202020))
        .isGreaterThan(20);
    assertThat(plain.step(1).observation().samples()).isNotEqualTo(white.samples());
  }
}
