package dev.kindred.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.kindred.benchmarks.SpeltSentences;
import dev.kindred.benchmarks.TransformerShape;
import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Weights;
import dev.kindred.text.TextExample;
import dev.kindred.text.TextViews;
import dev.kindred.text.tokenizer.Encoding;
import dev.kindred.text.tokenizer.WordPiece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

class DjlSentencesTest {
  private static final SpeltSentences SPELT = new SpeltSentences(50, 8);
  private static final TransformerShape SHAPE = new TransformerShape(2, 12, 3, 8);
  private static final String ENCODER = InferenceModel.ENCODER_PATH + "/";

  private final WordPiece tokenizer = SPELT.tokenizer();
  private final List<String> texts = SPELT.texts(4, 0);
  private final List<Encoding> pieces = texts.stream().map(tokenizer::encode).toList();

  @Test
  void givesTheVectorsOfKindredForTheSameWeights() {
    TextViews views = TextViews.plain(tokenizer, SHAPE.length());
    Block network = new DjlTransformer(SHAPE, tokenizer.size());
    try (InferenceModel<TextExample> model =
            InferenceModel.untrained(views, SHAPE.encoder(tokenizer), 0);
        Embedder<TextExample> embedder = model.embedder();
        DjlSentences djl = new DjlSentences("djl", network, pieces, 3)) {
      copy(random(model), network);

      float[] theirs = djl.embed(pieces);

      float[][] ours = embedder.embed(texts.stream().map(TextExample::of).toList());
      for (int row = 0; row < ours.length; row++) {
        int first = row * SHAPE.dimension();
        assertThat(Arrays.copyOfRange(theirs, first, first + SHAPE.dimension()))
            .containsExactly(ours[row], within(1e-4f));
      }
      assertThat(djl.measure()).isPositive();
    }
  }

  @Test
  void embedsByTheBertThatDjlHas() {
    try (DjlSentences djl =
        new DjlSentences("bert", new DjlBert(SHAPE, tokenizer.size()), pieces, 2)) {
      float[] vectors = djl.embed(pieces.subList(0, 2));

      assertThat(vectors).hasSize(2 * SHAPE.dimension());
      assertThat(vectors[0]).isFinite().isNotEqualTo(vectors[SHAPE.dimension()]);
      assertThat(djl.measure()).isPositive();
    }
  }

  /** Weights large enough that every part matters; the model has them too. */
  private static Map<String, float[]> random(InferenceModel<?> model) {
    Random random = new Random(3);
    Map<String, float[]> values = new LinkedHashMap<>();
    Map<String, TFloat32> tensors = new LinkedHashMap<>();
    try (Weights initial = model.weights()) {
      initial
          .byPath()
          .forEach(
              (path, tensor) -> {
                float[] drawn = new float[Math.toIntExact(tensor.size())];
                for (int i = 0; i < drawn.length; i++) {
                  drawn[i] = (float) random.nextGaussian() / 2;
                }
                values.put(path.substring(ENCODER.length()), drawn);
                Shape shape = tensor.shape();
                tensors.put(path, TFloat32.tensorOf(shape, DataBuffers.of(drawn)));
              });
    }
    try (Weights weights = new Weights(tensors)) {
      model.assign(weights);
    }
    return values;
  }

  private static void copy(Map<String, float[]> from, Block to) {
    Iterator<float[]> values = inDjlsOrder(from).iterator();
    for (Parameter parameter : to.getParameters().values()) {
      float[] next = values.next();
      assertThat(next).as(parameter.getName()).hasSize((int) parameter.getArray().size());
      parameter.getArray().set(next);
    }
    assertThat(values.hasNext()).isFalse();
  }

  /** Tables; normalisation; for each layer keys, queries, values and so on, matrices turned. */
  private static List<float[]> inDjlsOrder(Map<String, float[]> from) {
    List<float[]> ordered = new ArrayList<>();
    Stream.of("word", "position", "segment", "norm/gamma", "norm/beta")
        .forEach(name -> ordered.add(value(from, "embeddings/" + name)));
    for (int layer = 0; layer < SHAPE.depth(); layer++) {
      String block = "blocks/" + layer + "/";
      int width = SHAPE.dimension();
      for (int part : new int[] {1, 0, 2}) {
        ordered.add(
            columns(value(from, block + "attn/qkv/kernel"), 3 * width, part * width, width));
        float[] biases = value(from, block + "attn/qkv/bias");
        ordered.add(Arrays.copyOfRange(biases, part * width, (part + 1) * width));
      }
      dense(from, block + "attn/proj", width, ordered);
      norm(from, block + "norm1", ordered);
      dense(from, block + "mlp/fc1", SHAPE.mlpWidth(), ordered);
      dense(from, block + "mlp/fc2", width, ordered);
      norm(from, block + "norm2", ordered);
    }
    return ordered;
  }

  private static void dense(Map<String, float[]> from, String path, int units, List<float[]> to) {
    to.add(columns(value(from, path + "/kernel"), units, 0, units));
    to.add(value(from, path + "/bias"));
  }

  private static void norm(Map<String, float[]> from, String path, List<float[]> to) {
    to.add(value(from, path + "/gamma"));
    to.add(value(from, path + "/beta"));
  }

  private static float[] value(Map<String, float[]> from, String path) {
    assertThat(from).containsKey(path);
    return from.getOrDefault(path, new float[0]);
  }

  /** Some columns of a matrix with rows of {@code width}, one after another. */
  private static float[] columns(float[] matrix, int width, int first, int count) {
    int rows = matrix.length / width;
    float[] turned = new float[rows * count];
    for (int column = 0; column < count; column++) {
      for (int row = 0; row < rows; row++) {
        turned[column * rows + row] = matrix[row * width + first + column];
      }
    }
    return turned;
  }
}
