package dev.kindred.rl.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Space<Frame> PICTURES = new Space.Pixels(1, 1, 1);

  private static Frame picture(int value) {
    return new Frame(1, 1, 1, new byte[] {(byte) value});
  }

  @Test
  void stacksTheLatestAndRepeatsAnEpisodesFirst() {
    History<Frame> history = new History<>(PICTURES, 3);
    assertThat(history.begin(picture(1)).samples()).containsExactly(1, 1, 1);
    assertThat(history.next(picture(2)).samples()).containsExactly(1, 1, 2);
    history.next(picture(3));
    assertThat(history.next(picture(4)).samples()).containsExactly(2, 3, 4);
    assertThat(history.latest().samples()).containsExactly(2, 3, 4);
    assertThat(history.begin(picture(5)).samples()).containsExactly(5, 5, 5);
    assertThat(History.stacked(PICTURES, 3).contains(history.latest())).isTrue();
  }

  @Test
  void leavesASingleObservationAsItIs() {
    float[] vector = {1, 2};
    assertThat(new History<>(Space.Box.unbounded(2), 1).begin(vector)).isSameAs(vector);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new History<>(PICTURES, 2).next(picture(1)))
        .withMessage("begin must be called before the next observation");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new History<>(PICTURES, 0))
        .withMessage("stack must be >= 1, was 0");
  }
}
