package dev.kindred.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.data.FeedSpec;
import dev.kindred.data.Feeds;
import dev.kindred.data.Placeholders;
import dev.kindred.data.Randomness;
import dev.kindred.text.augment.PieceRepetition;
import dev.kindred.text.augment.SpanCrop;
import dev.kindred.text.augment.Surroundings;
import dev.kindred.text.augment.WordDeletion;
import dev.kindred.text.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

class TextViewsTest {
  private static final ToyTokenizer FRAMED = new ToyTokenizer(true);
  private static final ToyTokenizer BARE = new ToyTokenizer(false);

  @Test
  void piecesArePackedWithPaddingBehindThem() {
    try (Feeds feeds =
        TextViews.plain(FRAMED, 9).pack(List.of(text("ab c"), text("d"), text("")))) {
      assertThat(matrix(feeds, "ids0"))
          .isDeepEqualTo(new int[][] {{1, 3, 4, 5, 2}, {1, 6, 2, 0, 0}, {1, 2, 0, 0, 0}});
      assertThat(matrix(feeds, "words0"))
          .isDeepEqualTo(
              new int[][] {{-1, 0, 0, 1, -1}, {-1, 0, -1, -1, -1}, {-1, -1, -1, -1, -1}});
      assertThat(lengths(feeds, "lengths0")).containsExactly(5, 3, 2);
    }
  }

  @Test
  void whatIsPackedIsOfTheShapesAndTypesThatAreAnnounced() {
    TextViews views = TextViews.builder(FRAMED).view(0).view(1).view(2).build();
    try (Feeds feeds =
        views.pack(List.of(TextExample.of("a b", "c", ""), TextExample.of("", "", "d")))) {
      assertThat(feeds.tensors().keySet())
          .containsExactlyElementsOf(views.feeds().stream().map(FeedSpec::name).toList());
      for (FeedSpec spec : views.feeds()) {
        Tensor tensor = Objects.requireNonNull(feeds.tensors().get(spec.name()));
        assertThat(tensor.shape().isCompatibleWith(spec.shape())).isTrue();
        assertThat(tensor).isInstanceOf(spec.type());
      }
    }
  }

  @Test
  void aTextWithoutAPieceTakesNoPlaceButTheTensorsHaveOne() {
    try (Feeds feeds = TextViews.plain(BARE, 9).pack(List.of(text(""), text(" ")))) {
      assertThat(matrix(feeds, "ids0")).isDeepEqualTo(new int[][] {{0}, {0}});
      assertThat(lengths(feeds, "lengths0")).containsExactly(0, 0);
    }
  }

  /** Whatever the batch: a gap would make spans of nothing. */
  @Test
  void wordsWithoutAPieceLeaveNoGap() {
    try (Feeds feeds =
        TextViews.plain(BARE, 9).pack(List.of(text("  a  bb "), text("abcdefghi")))) {
      assertThat(matrix(feeds, "words0")[0]).startsWith(0, 1, 1).containsOnly(0, 1, -1);
    }
  }

  @Test
  void longTextsAreCutBeforeTheirEndAndCounted() {
    TextViews views = TextViews.plain(FRAMED, 5);
    try (Feeds feeds = views.pack(List.of(text("ab cdef"), text("abc"), text("z y x w")))) {
      assertThat(matrix(feeds, "ids0"))
          .isDeepEqualTo(new int[][] {{1, 3, 4, 5, 2}, {1, 3, 4, 5, 2}, {1, 28, 27, 26, 2}});
      assertThat(matrix(feeds, "words0")[0]).containsExactly(-1, 0, 0, 1, -1);
    }
    assertThat(views.truncated()).isEqualTo(2);
    assertThat(views.inference().truncated()).isEqualTo(2);
  }

  @Test
  void aTextWithoutAnEndIsCutAtItsEnd() {
    Encoding cut = TextPacker.cut(BARE.encode("ab cd"), 3);
    assertThat(cut).isEqualTo(new Encoding(new int[] {3, 4, 5}, new int[] {0, 0, 1}));
  }

  @Test
  void severalPiecesOfNoWordStayAtTheEnd() {
    Encoding whole = new Encoding(new int[] {1, 5, 6, 7, 8, 2}, new int[] {-1, 0, 1, 2, -1, -1});
    assertThat(TextPacker.cut(whole, 4))
        .isEqualTo(new Encoding(new int[] {1, 5, 8, 2}, new int[] {-1, 0, -1, -1}));
  }

  /** From whichever thread the text is cut. */
  @Test
  void anExampleOfTooFewTextsIsNamed() {
    TextViews pairs = TextViews.builder(FRAMED).view(0).view(1).build();
    List<TextExample> examples =
        new ArrayList<>(Collections.nCopies(500, TextExample.of("a", "b")));
    examples.set(437, text("alone"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pairs.pack(examples))
        .withMessage("these views need 2 texts of each example, but there is one of 1: alone");
  }

  @Test
  void eachViewIsOfItsPartAndChangesOnItsOwn() {
    TextViews views =
        TextViews.builder(BARE)
            .view(1)
            .view(0, new WordDeletion(0.5))
            .view(0, new WordDeletion(0.5))
            .build();
    List<int[][]> built = built(views, TextExample.of("a b c d e f g h", "x y"));
    assertThat(built.get(0)[0]).startsWith(id('x'), id('y'));
    assertThat(built.get(1)[0]).isNotEqualTo(built.get(2)[0]);
  }

  @Test
  void aViewIsNeverLongerThanATextMayBe() {
    TextViews views = TextViews.builder(FRAMED).length(7).view(new PieceRepetition(1)).build();
    int[][] ids =
        built(views, Collections.nCopies(50, text("abcde")).toArray(TextExample[]::new)).get(0);
    assertThat(Arrays.stream(ids).map(row -> row.length)).containsOnly(7);
    assertThat(Arrays.stream(ids).map(row -> row[0])).containsOnly(ToyTokenizer.CLASS);
    assertThat(Arrays.stream(ids).map(row -> row[6])).containsOnly(ToyTokenizer.END);
    assertThat(Arrays.stream(ids).filter(row -> row[1] == row[2])).isNotEmpty();
  }

  @Test
  void aSplitIsTwoViewsThatAreDrawnTogether() {
    TextViews views =
        TextViews.builder(BARE).view().split(new Surroundings(1, 1)).length(9).build();
    assertThat(views.views()).isEqualTo(3);
    assertThat(views.settings().get("views")).asString().contains("surroundings");
    TextExample[] texts = Collections.nCopies(50, text("a b c")).toArray(TextExample[]::new);
    List<int[][]> built = built(views, texts);
    for (int row = 0; row < texts.length; row++) {
      int word = built.get(1)[row][0];
      int[] around = word == id('b') ? new int[] {id('a'), id('c')} : new int[] {id('b')};
      assertThat(built.get(2)[row]).startsWith(around);
    }
    assertThat(views.inference().settings()).isEqualTo(TextViews.plain(BARE, 9).settings());
  }

  @Test
  void viewsAreTakenOfAllTheRoomThatATextHas() {
    TextViews views =
        TextViews.builder(FRAMED).length(5).room(14).view(new SpanCrop(0.25, 0.25)).view().build();
    TextExample document = text("a b c d e f g h i j k l m n");
    List<int[][]> built =
        built(views, Collections.nCopies(200, document).toArray(TextExample[]::new));
    assertThat(built.stream().flatMap(Arrays::stream).map(row -> row.length)).containsOnly(5);
    assertThat(Arrays.stream(built.get(0)).flatMapToInt(Arrays::stream))
        .contains(id('a'), id('l'), ToyTokenizer.END)
        .doesNotContain(id('m'));
    assertThat(Arrays.stream(built.get(1)).map(Arrays::toString))
        .containsOnly(
            Arrays.toString(
                new int[] {ToyTokenizer.CLASS, id('a'), id('b'), id('c'), ToyTokenizer.END}));
    assertThat(views.truncated()).isEqualTo(200);
    assertThat(views.settings()).containsEntry("length", 5).containsEntry("room", 14);
    assertThat(views.inference().settings()).isEqualTo(TextViews.plain(FRAMED, 5).settings());
  }

  @Test
  void settingsTellTokenizersApart() {
    Object one = TextViews.plain(FRAMED, 9).settings().get("fingerprint");
    assertThat(one).isEqualTo(TextViews.plain(BARE, 12).settings().get("fingerprint"));
    assertThat(one)
        .isNotEqualTo(
            TextViews.plain(new ToyTokenizer(true, "x"), 9).settings().get("fingerprint"));
  }

  @Test
  void thereIsAViewAndRoomForATextOfOnePiece() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextViews.builder(FRAMED).build())
        .withMessage("views must be at least one, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextViews.plain(FRAMED, 2))
        .withMessage("length must be >= 3, was 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextViews.builder(FRAMED).length(9).room(8).view().build())
        .withMessage("room must be >= the length, 9, was 8");
  }

  /** The ids of each view. */
  private static List<int[][]> built(TextViews views, TextExample... examples) {
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        Feeds feeds = views.pack(List.of(examples))) {
      Ops tf = Ops.create(graph);
      Map<String, Operand<?>> inputs = Placeholders.of(tf, views.feeds());
      Session.Runner runner = session.runner();
      views
          .build(tf, inputs, new Randomness(tf, tf.constant(new int[] {1, 2})))
          .forEach(view -> runner.fetch(tf.identity(view.ids())));
      feeds.tensors().forEach((name, tensor) -> runner.feed(inputs.get(name), tensor));
      try (Result result = runner.run()) {
        List<int[][]> ids = new ArrayList<>();
        result.forEach(entry -> ids.add(StdArrays.array2dCopyOf((TInt32) entry.getValue())));
        return ids;
      }
    }
  }

  private static TextExample text(String text) {
    return TextExample.of(text);
  }

  private static int[][] matrix(Feeds feeds, String name) {
    return StdArrays.array2dCopyOf((TInt32) feeds.tensors().get(name));
  }

  private static int[] lengths(Feeds feeds, String name) {
    return StdArrays.array1dCopyOf((TInt32) feeds.tensors().get(name));
  }

  private static int id(int letter) {
    return ToyTokenizer.id(letter);
  }
}
