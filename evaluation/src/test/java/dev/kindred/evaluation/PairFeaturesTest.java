package dev.kindred.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PairFeaturesTest {
  private static final List<String> NO_YES = List.of("0", "1");

  @Test
  void areTheDistancesAndThenTheProducts() {
    assertThat(PairFeatures.of(new float[] {1, -2, 3}, new float[] {4, 5, 3}))
        .containsExactly(3, 7, 0, 4, -10, 9);
  }

  @Property(tries = 100)
  void doNotDependOnWhichIsFirst(@ForAll @Size(4) List<Float> u, @ForAll @Size(4) List<Float> v) {
    assertThat(PairFeatures.of(array(u), array(v))).isEqualTo(PairFeatures.of(array(v), array(u)));
  }

  @Test
  void keepThePairsIdsAndLabels() {
    Embeddings first =
        Examples.of(NO_YES, new int[] {1, 0}, new float[] {1, 2}, new float[] {3, 4});
    Embeddings second =
        Examples.of(List.of(), new int[] {-1, -1}, new float[] {0, 1}, new float[] {3, 3});
    Embeddings pairs = PairFeatures.of(first, second);
    assertThat(pairs.ids()).containsExactly("row0", "row1");
    assertThat(pairs.labels()).containsExactly(1, 0);
    assertThat(pairs.classNames()).isEqualTo(NO_YES);
    assertThat(pairs.vectors()).isDeepEqualTo(new float[][] {{1, 1, 0, 2}, {0, 1, 9, 12}});
  }

  @Test
  void areMadeFromTheExamplesOfASetOfPairs() {
    Embeddings pairs =
        PairFeatures.embed(
            new LetterEmbedder(), new Words(), pair -> pair.get(0), pair -> pair.get(1));
    assertThat(pairs.ids()).containsExactly("pair0", "pair2");
    assertThat(pairs.labels()).containsExactly(0, 0);
    assertThat(pairs.vectors()).isDeepEqualTo(new float[][] {{1, 1, 2, 0}, {3, 0, 0, 1}});
    assertThat(pairs.skipped()).extracting(CorruptExampleException::id).containsExactly("pair1");
  }

  @Test
  void refuseRowsThatAreNoPairs() {
    Embeddings two = Examples.of(NO_YES, new int[2], new float[2], new float[2]);
    refuses(
        two,
        Examples.of(NO_YES, new int[1], new float[2]),
        "first rows and second rows must be equally many, were 2 and 1; give two for each pair");
    refuses(
        two,
        Examples.of(NO_YES, new int[2], new float[3], new float[3]),
        "first rows and second rows must be equally wide, were 2 and 3; embed both with one model");
    refuses(
        two,
        new Embeddings(List.of("row0", "other"), new int[2], NO_YES, new float[2][2], List.of()),
        "row 1: both rows of a pair must have its id, but had row1 and other; put both in one order");
  }

  private static void refuses(Embeddings first, Embeddings second, String message) {
    assertThatThrownBy(() -> PairFeatures.of(first, second))
        .isInstanceOf(KindredException.class)
        .hasMessage(message);
  }

  private static float[] array(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  /** Three pairs of words, the second of which cannot be read. */
  private static final class Words implements Dataset<List<String>> {
    @Override
    public int size() {
      return 3;
    }

    @Override
    public List<String> get(int index) {
      if (index == 1) {
        throw new CorruptExampleException(id(index), "has one word only", null);
      }
      return index == 0 ? List.of("x", "xxy") : List.of("xxxy", "y");
    }

    @Override
    public String id(int index) {
      return "pair" + index;
    }

    @Override
    public int label(int index) {
      return index % 2;
    }

    @Override
    public List<String> classNames() {
      return NO_YES;
    }

    @Override
    public String description() {
      return "words";
    }

    @Override
    public void close() {}
  }
}
