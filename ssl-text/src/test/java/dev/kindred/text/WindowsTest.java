package dev.kindred.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.text.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {
  private static final ToyTokenizer FRAMED = new ToyTokenizer(true);
  private static final ToyTokenizer BARE = new ToyTokenizer(false);

  @Test
  void aTextThatIsShortEnoughIsOneWindowAsItIs() {
    Encoding exact = FRAMED.encode("abc d");

    assertThat(windows(exact, 6)).containsExactly(exact);
    assertThat(windows(FRAMED.encode(""), 3)).containsExactly(FRAMED.encode(""));
    assertThat(windows(BARE.encode(""), 3)).containsExactly(BARE.encode(""));
  }

  @Test
  void eachWindowHasTheSpecialTokensAroundItAndEndsWithAWord() {
    assertThat(spelt(windows(FRAMED.encode("ab cd efg h"), 6))).containsExactly("[abcd]", "[efgh]");
    assertThat(spelt(windows(FRAMED.encode("abc de fg"), 6))).containsExactly("[abc]", "[defg]");
    assertThat(spelt(windows(BARE.encode("abc de fg"), 6))).containsExactly("abcde", "fg");
  }

  @Test
  void aWordThatFillsMoreThanAWindowIsCut() {
    assertThat(spelt(windows(FRAMED.encode("a bcdefghij k"), 5)))
        .containsExactly("[a]", "[bcd]", "[efg]", "[hij]", "[k]");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 7, 11, 19, 20, 21, 400})
  void eachPieceIsInOneWindowAndNoneIsTooLong(int length) {
    Encoding whole = FRAMED.encode("ab c defghij klm n opq rs tuvw xyz a b c");
    List<Encoding> windows = windows(whole, length);

    assertThat(windows).allMatch(window -> window.length() <= length);
    assertThat(windows.stream().flatMapToInt(WindowsTest::words).toArray())
        .containsExactly(words(whole).toArray());
    assertThat(windows.stream().mapToLong(Windows::weight).sum()).isEqualTo(words(whole).count());
  }

  @Test
  void thereIsRoomForAPieceBesideTheSpecialTokens() {
    Encoding framed = new Encoding(new int[] {1, 1, 5, 6, 2}, new int[] {-1, -1, 0, 1, -1});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Windows(framed, 3))
        .withMessage("length must be more than the special tokens, was 3");
  }

  @Test
  void afterTheLastThereIsNone() {
    Windows windows = new Windows(FRAMED.encode("a"), 5);
    windows.next();

    assertThat(windows.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(windows::next);
  }

  private static List<Encoding> windows(Encoding whole, int length) {
    List<Encoding> windows = new ArrayList<>();
    new Windows(whole, length).forEachRemaining(windows::add);
    return windows;
  }

  private static java.util.stream.IntStream words(Encoding text) {
    return Arrays.stream(text.ids(), text.start(), text.end());
  }

  private static List<String> spelt(List<Encoding> windows) {
    return windows.stream().map(WindowsTest::spelt).toList();
  }

  private static String spelt(Encoding window) {
    StringBuilder spelt = new StringBuilder();
    for (int id : window.ids()) {
      spelt.append(
          switch (id) {
            case ToyTokenizer.CLASS -> "[";
            case ToyTokenizer.END -> "]";
            default -> FRAMED.piece(id);
          });
    }
    return spelt.toString();
  }
}
