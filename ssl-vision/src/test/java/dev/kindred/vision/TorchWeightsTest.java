package dev.kindred.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Weights;
import dev.kindred.embedding.WeightsReport;
import dev.kindred.method.Byol;
import dev.kindred.method.Momentum;
import dev.kindred.nn.Encoder;
import dev.kindred.optim.Accumulation;
import dev.kindred.optim.Sgd;
import dev.kindred.runtime.Precision;
import dev.kindred.train.Pretraining;
import dev.kindred.train.Recipe;
import dev.kindred.train.TrainingStep;
import dev.kindred.vision.augment.Normalization;
import dev.kindred.vision.data.GeneratedShapes;
import dev.kindred.weights.NamedTensor;
import dev.kindred.weights.SafeTensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Weights as PyTorch's libraries save them, from a writer that knows nothing of this library, give
 * what plain networks in PyTorch's layout make of them.
 */
class TorchWeightsTest {
  private static final int[] RESNET18 = {2, 2, 2, 2};
  private static final int[] RESNET50 = {3, 4, 6, 3};
  private static final int SIDE = 16;
  private static final ResNet SMALL = ResNet.resnet18().width(8).smallImageStem();
  private static final List<Image> IMAGES = List.of(image(1), image(2));

  @TempDir private Path folder;

  @Test
  void aResNetForSmallImagesIsThePlainOne() throws IOException {
    TorchTensors tensors = TorchTensors.resNet(RESNET18, false, 8, 3, 1);
    assertEqual(SMALL, tensors, new PlainResNet(tensors)::apply);
  }

  @Test
  void aResNetWithTheClassicStemIsThePlainOne() throws IOException {
    TorchTensors tensors = TorchTensors.resNet(RESNET18, false, 8, 7, 2);
    assertEqual(ResNet.resnet18().width(8), tensors, new PlainResNet(tensors)::apply);
  }

  @Test
  void aResNetOfBottlenecksIsThePlainOne() throws IOException {
    TorchTensors tensors = TorchTensors.resNet(RESNET50, true, 4, 3, 3);
    assertEqual(
        ResNet.resnet50().width(4).smallImageStem(), tensors, new PlainResNet(tensors)::apply);
  }

  @Test
  void aVisionTransformerIsThePlainOne() throws IOException {
    Vit vit = Vit.tiny(SIDE);
    TorchTensors tensors = TorchTensors.vit(192, 12, 2, 64, 4);
    assertEqual(vit, tensors, new PlainVit(vit, tensors)::apply);
  }

  @Test
  void whatWasReadIsWrittenAsItWas() throws IOException {
    TorchTensors resNet = TorchTensors.resNet(RESNET18, false, 8, 3, 5);
    assertWrittenAsRead(SMALL, resNet);
    Vit vit = Vit.tiny(SIDE).withDepth(2);
    assertWrittenAsRead(vit, TorchTensors.vit(192, 2, 2, 64, 6));
  }

  @Test
  void bothBranchesOfATrainingStartAsThePlainNetwork() throws IOException {
    TorchTensors tensors = TorchTensors.resNet(RESNET18, false, 8, 3, 7);
    EncoderWeights weights = EncoderWeights.of(tensors.write(folder.resolve("torch.safetensors")));
    Recipe<Operand<TFloat32>> recipe =
        new Recipe<>(
            new Byol(List.of(16, 8), List.of(16, 8), Momentum.rising(0.99)),
            SMALL,
            Sgd.momentum(0.9f),
            null,
            Accumulation.of(1),
            Recipe.WHOLE,
            Precision.FLOAT32,
            3);
    try (InferenceModel<Image> model = model(SMALL);
        TrainingStep<Image, Operand<TFloat32>> step = new TrainingStep<>(recipe, views())) {
      weights.load(model);
      try (Weights loaded = model.weights()) {
        step.start(loaded);
      }
      for (String branch : List.of("online", "momentum")) {
        try (InferenceModel<Image> other = model(SMALL)) {
          try (Weights started = step.weights(branch + "/encoder")) {
            other.assign(new Weights(asOnline(branch, started)));
          }
          assertEmbeds(other, new PlainResNet(tensors)::apply);
        }
      }
    }
  }

  @Test
  void aTrainingBeginsWithTheFile() throws IOException {
    TorchTensors tensors = TorchTensors.resNet(RESNET18, false, 8, 3, 8);
    List<float[][]> seen = new ArrayList<>();
    try (GeneratedShapes shapes = GeneratedShapes.of(16, SIDE, 1)) {
      Pretraining.of(dev.kindred.method.SimClr.defaults())
          .data(shapes)
          .views(views())
          .encoder(SMALL)
          .epochs(1)
          .batchSize(8)
          .startFrom(EncoderWeights.of(tensors.write(folder.resolve("torch.safetensors"))))
          .evaluateEachEpoch(
              "seen",
              embedder -> {
                seen.add(embedder.embed(IMAGES));
                return Map.of();
              })
          .out(folder.resolve("run"))
          .run();
    }
    assertClose(seen.get(0), new PlainResNet(tensors)::apply);
    assertThat(seen.get(1)[0]).isNotEqualTo(seen.get(0)[0]);
  }

  private void assertEqual(
      Encoder<Operand<TFloat32>> encoder,
      TorchTensors tensors,
      Function<double[][][], double[]> plain)
      throws IOException {
    Path file = tensors.write(folder.resolve("torch.safetensors"));
    try (InferenceModel<Image> model = model(encoder)) {
      WeightsReport report = EncoderWeights.of(file).load(model);
      assertThat(report.matched()).hasSameSizeAs(tensors.ofEncoder());
      assertEmbeds(model, plain);
    }
  }

  private void assertWrittenAsRead(Encoder<Operand<TFloat32>> encoder, TorchTensors tensors)
      throws IOException {
    Path copy = folder.resolve("copy.safetensors");
    try (InferenceModel<Image> model = model(encoder)) {
      EncoderWeights.of(tensors.write(folder.resolve("torch.safetensors"))).load(model);
      try (Weights weights = model.weights()) {
        assertThat(EncoderWeights.write(copy, weights)).isEqualTo(tensors.ofEncoder().size());
      }
    }
    Map<String, NamedTensor> written = SafeTensors.read(copy);
    assertThat(written.keySet()).isEqualTo(tensors.ofEncoder());
    written.forEach(
        (name, tensor) -> {
          assertThat(tensor.values()).as(name).isEqualTo(tensors.values(name));
          assertThat(java.util.Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray())
              .as(name)
              .isEqualTo(tensors.shape(name));
        });
  }

  private static void assertEmbeds(
      InferenceModel<Image> model, Function<double[][][], double[]> plain) {
    try (Embedder<Image> embedder = model.embedder()) {
      assertClose(embedder.embed(IMAGES), plain);
    }
  }

  private static void assertClose(float[][] actual, Function<double[][][], double[]> plain) {
    for (int i = 0; i < actual.length; i++) {
      double[] expected = plain.apply(normalized(IMAGES.get(i)));
      double scale = java.util.Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      assertThat(scale).isGreaterThan(0.01);
      double[] output = new double[actual[i].length];
      for (int unit = 0; unit < output.length; unit++) {
        output[unit] = actual[i][unit];
      }
      assertThat(output).containsExactly(expected, within(1e-5 * scale));
    }
  }

  private static Map<String, TFloat32> asOnline(String branch, Weights weights) {
    Map<String, TFloat32> renamed = new LinkedHashMap<>();
    weights
        .byPath()
        .forEach((path, value) -> renamed.put(path.replaceFirst(branch, "online"), value));
    return renamed;
  }

  private static InferenceModel<Image> model(Encoder<Operand<TFloat32>> encoder) {
    return InferenceModel.untrained(views(), encoder, 11);
  }

  private static ImageViews views() {
    return ImageViews.simClr(SIDE).canvas(SIDE);
  }

  private static Image image(long seed) {
    byte[] pixels = new byte[3 * SIDE * SIDE];
    new Random(seed).nextBytes(pixels);
    return new Image(SIDE, SIDE, pixels);
  }

  /** {@code [3, height, width]} as torchvision's transforms make it. */
  private static double[][][] normalized(Image image) {
    Normalization normalization = views().normalization();
    double[][][] planes = new double[3][SIDE][SIDE];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          int pixel = image.pixels()[(channel * SIDE + y) * SIDE + x] & 0xFF;
          planes[channel][y][x] =
              (pixel / 255.0 - normalization.mean().get(channel))
                  / normalization.std().get(channel);
        }
      }
    }
    return planes;
  }
}
