package dev.kindred.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import dev.kindred.text.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowedEmbedderTest {
  private static final int LENGTH = 6;
  private static final int BATCH = 256;

  private final Letters network = new Letters();
  private final TextPacker packer =
      new TextPacker(new ToyTokenizer(true), LENGTH, LENGTH, 1, List.of(), LongTexts.WINDOWS);
  private final WindowedEmbedder embedder = new WindowedEmbedder(network, packer);

  @Test
  void aVectorIsTheMeanOfTheWindowsByTheirPieces() {
    // [abc] and [d]: three pieces beside one.
    float[] vector = embedder.embed(List.of(TextExample.of("abc d"), TextExample.of("ab")))[0];

    assertThat(vector).containsExactly((3 * mean("abc") + mean("d")) / 4, LENGTH - 1 + 0f);
  }

  @Test
  void textsKeepTheirOrderWhateverTheirLength() {
    List<TextExample> texts = new ArrayList<>();
    for (int i = 0; i < 3 * BATCH; i++) {
      texts.add(TextExample.of(String.join(" ", Collections.nCopies(i % 7, "abc"))));
    }
    texts.add(300, TextExample.of("z ".repeat(5 * BATCH)));

    float[][] vectors = embedder.embed(texts);

    assertThat(vectors).hasNumberOfRows(texts.size());
    for (int i = 0; i < vectors.length; i++) {
      float expected =
          i == 300 ? mean("z") : texts.get(i).parts().get(0).isEmpty() ? 0 : mean("abc");
      assertThat(vectors[i][0]).isCloseTo(expected, within(1e-5f));
    }
  }

  /** Twenty times the pieces, and not one row more. */
  @Test
  void tenMegabytesAreEmbeddedInBatchesOfWindows() {
    String megabytes = "abcd efgh ".repeat(1 << 20);

    float[] vector = embedder.embed(List.of(TextExample.of(megabytes)))[0];

    assertThat(vector[0]).isCloseTo((mean("abcd") + mean("efgh")) / 2, within(1e-4f));
    assertThat(network.most).isEqualTo(BATCH);
    assertThat(network.seen).isEqualTo(2L << 20);
    assertThat(packer.windowed()).isEqualTo(1);
  }

  @Test
  void aDataSetGivesWhatItsTextsGiveAndNamesWhatCannotBeRead() {
    Embeddings embeddings = embedder.embed(new Texts("abc de", "broken", "", "f"));

    assertThat(embeddings.ids()).containsExactly("0", "2", "3");
    assertThat(embeddings.vectors())
        .isDeepEqualTo(
            embedder.embed(
                List.of(TextExample.of("abc de"), TextExample.of(""), TextExample.of("f"))));
    assertThat(embeddings.skipped()).hasSize(1);
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(() -> embedder.embed(new Texts("broken")))
        .withMessageStartingWith("toys: none of the 1 examples can be read; the first is ");
  }

  private static float mean(String letters) {
    return (float) letters.chars().map(ToyTokenizer::id).average().orElseThrow();
  }

  /** The mean of the ids of the letters, and the number of pieces. */
  private static final class Letters implements Embedder<Encoding> {
    private int most;
    private long seen;

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public float[][] embed(List<Encoding> texts) {
      most = Math.max(most, texts.size());
      seen += texts.size();
      return texts.stream().map(Letters::vector).toArray(float[][]::new);
    }

    private static float[] vector(Encoding text) {
      int sum = 0;
      for (int i = 1; i < text.length() - 1; i++) {
        sum += text.ids()[i];
      }
      return new float[] {sum / (float) Math.max(1, text.length() - 2), LENGTH - 1};
    }

    @Override
    public Embeddings embed(Dataset<Encoding> dataset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private record Texts(List<String> texts) implements Dataset<TextExample> {
    Texts(String... texts) {
      this(List.of(texts));
    }

    @Override
    public int size() {
      return texts.size();
    }

    @Override
    public TextExample get(int index) {
      if (texts.get(index).equals("broken")) {
        throw new CorruptExampleException(id(index), "broken", null);
      }
      return TextExample.of(texts.get(index));
    }

    @Override
    public String id(int index) {
      return String.valueOf(index);
    }

    @Override
    public int label(int index) {
      return NO_LABEL;
    }

    @Override
    public List<String> classNames() {
      return List.of();
    }

    @Override
    public String description() {
      return "toys";
    }

    @Override
    public void close() {}
  }
}
