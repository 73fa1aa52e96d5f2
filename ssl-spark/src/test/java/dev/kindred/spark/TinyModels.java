package dev.kindred.spark;

import dev.kindred.data.ViewPipeline;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Manifest;
import dev.kindred.embedding.SavedEncoder;
import dev.kindred.nn.Conv2d;
import dev.kindred.nn.Encoder;
import dev.kindred.nn.Pooling;
import dev.kindred.nn.Scope;
import dev.kindred.nn.TensorEncoder;
import dev.kindred.text.PieceWeights;
import dev.kindred.text.TextTransformer;
import dev.kindred.text.TextViews;
import dev.kindred.text.tokenizer.WordPiece;
import dev.kindred.vision.ImageViews;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Untrained encoders, as a training saves them. */
public final class TinyModels {
  /** The side of the canvas that images are shrunk to. */
  static final int CANVAS = 24;

  private static final int LENGTH = 24;

  private TinyModels() {}

  /** One of images. */
  public static Path images(Path folder, long seed) {
    return save(
        ImageViews.simClr(16).canvas(CANVAS).inference(), new OneConvolution(8), seed, folder);
  }

  /** One of texts that pads those of a batch to one length, and knows of letters only. */
  static Path texts(Path folder) {
    List<String> letters =
        IntStream.rangeClosed('a', 'z').mapToObj(letter -> String.valueOf((char) letter)).toList();
    WordPiece tokenizer =
        WordPiece.of(
            Stream.of(
                    List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
                    letters,
                    letters.stream().map("##"::concat).toList())
                .flatMap(List::stream)
                .toList(),
            true);
    return save(
        TextViews.plain(tokenizer, LENGTH),
        TextTransformer.bert(PieceWeights.equal(tokenizer), LENGTH, 16, 2, 2),
        1,
        folder);
  }

  private static <E, V> Path save(
      ViewPipeline<E, V> views, Encoder<V> encoder, long seed, Path folder) {
    try (InferenceModel<E> model = InferenceModel.untrained(views, encoder, seed)) {
      SavedEncoder.save(
          model,
          new Manifest(
              Manifest.FORMAT,
              views.domain(),
              encoder.dimension(),
              views.settings(),
              encoder.settings(),
              Map.of()),
          folder);
    }
    return folder;
  }

  /** Built and loaded at once. */
  private record OneConvolution(int dimension) implements TensorEncoder {
    @Override
    public Operand<TFloat32> apply(Scope scope, Operand<TFloat32> view) {
      Operand<TFloat32> convolved = new Conv2d(dimension, 3, 2).apply(scope.child("conv"), view);
      return Pooling.globalAverage().apply(scope, scope.tf().nn.relu(convolved));
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("name", "one-convolution", "dimension", dimension);
    }
  }
}
