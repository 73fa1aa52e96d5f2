package dev.kindred.text;

import dev.kindred.data.CorruptExampleException;
import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.Embeddings;
import dev.kindred.text.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Embeds texts of any length, as {@link LongTexts#WINDOWS} says. In memory at a time, beside the
 * result, are the pieces of a million characters or of one text, and the vectors of one batch of
 * windows.
 */
final class WindowedEmbedder implements Embedder<TextExample> {
  /** The windows that are embedded together; those of several texts, or some of one. */
  private static final int BATCH = 256;

  private static final int CHARACTERS = 1 << 20;

  private final Embedder<Encoding> network;
  private final TextPacker packer;

  /**
   * @param network what this owns and closes
   */
  WindowedEmbedder(Embedder<Encoding> network, TextPacker packer) {
    this.network = network;
    this.packer = packer;
  }

  @Override
  public int dimension() {
    return network.dimension();
  }

  @Override
  public float[][] embed(List<TextExample> texts) {
    Vectors vectors = new Vectors();
    texts.forEach(vectors::add);
    return vectors.all();
  }

  @Override
  public Embeddings embed(Dataset<TextExample> texts) {
    Vectors vectors = new Vectors();
    List<Integer> read = new ArrayList<>();
    List<CorruptExampleException> skipped = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      try {
        vectors.add(texts.get(i));
        read.add(i);
      } catch (CorruptExampleException e) {
        skipped.add(e);
      }
    }
    return Embeddings.of(texts, read, List.of(vectors.all()), skipped);
  }

  @Override
  public void close() {
    network.close();
  }

  /** The vectors of texts in their order, those of a text's windows as soon as they are a batch. */
  private final class Vectors {
    private final List<float[]> done = new ArrayList<>();
    private final List<TextExample> texts = new ArrayList<>();
    private final List<Encoding> windows = new ArrayList<>();

    /** For each of the windows whether its text ends with it. */
    private final List<Boolean> ends = new ArrayList<>();

    private final double[] sum = new double[dimension()];
    private long characters;
    private long weight;

    void add(TextExample text) {
      texts.add(text);
      characters += text.parts().get(0).length();
      if (characters >= CHARACTERS) {
        cut();
      }
    }

    float[][] all() {
      cut();
      embed();
      return done.toArray(float[][]::new);
    }

    private void cut() {
      List<Encoding> encoded = texts.parallelStream().map(packer::whole).toList();
      texts.clear();
      characters = 0;
      encoded.forEach(this::cut);
    }

    private void cut(Encoding text) {
      Windows parts = packer.windows(text);
      while (parts.hasNext()) {
        windows.add(parts.next());
        ends.add(!parts.hasNext());
        if (windows.size() == BATCH) {
          embed();
        }
      }
    }

    private void embed() {
      float[][] vectors = network.embed(windows);
      for (int i = 0; i < vectors.length; i++) {
        sum(vectors[i], Windows.weight(windows.get(i)));
        if (ends.get(i)) {
          done.add(mean());
        }
      }
      windows.clear();
      ends.clear();
    }

    /** Doubles, of which the mean of one vector is that vector to the last bit. */
    private void sum(float[] vector, long times) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += (double) vector[j] * times;
      }
      weight += times;
    }

    private float[] mean() {
      float[] mean = new float[sum.length];
      for (int j = 0; j < mean.length; j++) {
        mean[j] = (float) (sum[j] / weight);
      }
      Arrays.fill(sum, 0);
      weight = 0;
      return mean;
    }
  }
}
