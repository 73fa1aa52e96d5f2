package dev.kindred.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embedder;
import dev.kindred.embedding.InferenceModel;
import dev.kindred.embedding.Weights;
import dev.kindred.embedding.WeightsReport;
import dev.kindred.nn.Encoder;
import dev.kindred.runtime.KindredException;
import dev.kindred.vision.data.GeneratedShapes;
import dev.kindred.weights.NamedTensor;
import dev.kindred.weights.SafeTensors;
import dev.kindred.weights.TorchLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class EncoderWeightsTest {
  private static final ResNet RESNET = ResNet.resnet18().width(4);
  private static final Vit VIT = new Vit(16, 4, 12, 2, 3, 0, Vit.Pooling.CLASS_TOKEN);

  @TempDir private Path folder;

  @Test
  void resNetsHaveTorchvisionsNamesAndLayouts() {
    Map<String, NamedTensor> tensors = written(RESNET);
    assertThat(tensors).hasSize(100);
    assertShape(tensors, "conv1.weight", 4, 3, 7, 7);
    assertShape(tensors, "bn1.running_var", 4);
    assertShape(tensors, "layer1.0.conv2.weight", 4, 4, 3, 3);
    assertShape(tensors, "layer2.0.downsample.0.weight", 8, 4, 1, 1);
    assertShape(tensors, "layer4.1.bn2.bias", 32);
    assertThat(tensors).containsKey("layer2.0.downsample.1.running_mean");
  }

  @Test
  void transformersHaveTimmsNamesAndLayouts() {
    Map<String, NamedTensor> tensors = written(VIT);
    assertThat(tensors).hasSize(30);
    assertShape(tensors, "cls_token", 1, 1, 12);
    assertShape(tensors, "pos_embed", 1, 17, 12);
    assertShape(tensors, "patch_embed.proj.weight", 12, 3, 4, 4);
    assertShape(tensors, "blocks.1.attn.qkv.weight", 36, 12);
    assertShape(tensors, "blocks.0.mlp.fc2.weight", 12, 48);
    assertShape(tensors, "norm.bias", 12);
  }

  @Test
  void whatIsWrittenByOneModelMakesAnotherEqual() {
    assertTakenOver(RESNET);
    assertTakenOver(VIT);
  }

  /** A kernel element is where PyTorch looks for it. */
  @Test
  void kernelsAreTurnedRound() {
    float[] ours = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    long[] shape = {1, 2, 3, 2};
    float[] theirs = TorchLayout.KERNEL.toTorch(shape, ours);
    assertThat(TorchLayout.KERNEL.shape(shape)).containsExactly(2, 3, 1, 2);
    assertThat(theirs).containsExactly(0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11);
    assertThat(TorchLayout.KERNEL.fromTorch(shape, theirs)).containsExactly(ours);
    assertThat(TorchLayout.MATRIX.toTorch(new long[] {2, 3}, new float[] {0, 1, 2, 3, 4, 5}))
        .containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void classifiersAndCountersAreLeftAndNamed() {
    Map<String, NamedTensor> tensors = new LinkedHashMap<>(written(RESNET));
    add(tensors, "fc.weight", 10, 32);
    add(tensors, "fc.bias", 10);
    add(tensors, "bn1.num_batches_tracked");
    try (InferenceModel<Image> model = model(RESNET, 2)) {
      WeightsReport report = EncoderWeights.of(file(tensors)).load(model);
      assertThat(report.matched()).hasSize(100).contains("conv1.weight [4, 3, 7, 7]");
      assertThat(report.missing()).isEmpty();
      assertThat(report.left()).containsExactly("fc.weight", "fc.bias", "bn1.num_batches_tracked");
    }
  }

  @Test
  void refusesWhatDoesNotFitUnlessAPartIsAllowed() {
    Map<String, NamedTensor> tensors = new LinkedHashMap<>(written(RESNET));
    tensors.remove("bn1.weight");
    add(tensors, "strange", 3);
    Path file = file(tensors);
    try (InferenceModel<Image> model = model(RESNET, 2)) {
      assertThatExceptionOfType(KindredException.class)
          .isThrownBy(() -> EncoderWeights.of(file).load(model))
          .withMessage(
              file
                  + ": not the weights of this encoder: 1 of its names are missing (bn1.weight), 1"
                  + " are strange (strange); build the encoder that the file is of, or allow a part");
      WeightsReport report = new EncoderWeights(file, true).load(model);
      assertThat(report.missing()).containsExactly("bn1.weight");
      assertThat(report.left()).containsExactly("strange");
    }
    try (InferenceModel<Image> wider = model(RESNET.width(8), 2)) {
      assertThatExceptionOfType(KindredException.class)
          .isThrownBy(() -> new EncoderWeights(file, true).load(wider))
          .withMessage(
              file
                  + ": bn1.bias has the shape [4], but this encoder needs [8];"
                  + " build the encoder that the file is of");
    }
  }

  @Test
  void refusesAnotherKindOfNetworkEvenInPart() {
    Map<String, NamedTensor> tensors = written(VIT);
    Path file = file(tensors);
    refuses(
        EncoderWeights.of(file),
        "none of this encoder's names is there (bn1.weight, ...); give the weights of such an"
            + " encoder");
    refuses(new EncoderWeights(file, true), "none of this encoder's names is there");
  }

  @Test
  void refusesWhatIsNoNumber() {
    Map<String, NamedTensor> tensors = written(RESNET);
    Objects.requireNonNull(tensors.get("bn1.running_var")).values()[2] = Float.NaN;
    refuses(
        EncoderWeights.of(file(tensors)),
        "bn1.running_var must hold finite numbers, holds NaN; take weights that work");
  }

  @Test
  void refusesAFileThatIsMissingOrCut() throws IOException {
    refuses(EncoderWeights.of(folder.resolve("none.safetensors")), "does not exist");
    Path file = file(written(RESNET));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    refuses(EncoderWeights.of(file), "\"");
  }

  @Test
  void theReportIsOneLine() {
    assertThat(
            new WeightsReport(List.of("a [1]"), List.of("b"), List.of("c", "d", "e", "f"))
                .summary())
        .isEqualTo("1 tensors taken over, 1 missing (b), 4 left (c, d, e, ...)");
  }

  private static void refuses(EncoderWeights weights, String words) {
    try (InferenceModel<Image> model = model(RESNET, 2)) {
      float[] before = embedded(model);
      assertThatExceptionOfType(KindredException.class)
          .isThrownBy(() -> weights.load(model))
          .withMessageStartingWith(weights.file() + ": " + words)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
      assertThat(embedded(model)).isEqualTo(before);
    }
  }

  private void assertTakenOver(Encoder<Operand<TFloat32>> encoder) {
    Path file = folder.resolve("weights.safetensors");
    try (InferenceModel<Image> first = model(encoder, 1);
        InferenceModel<Image> second = model(encoder, 2)) {
      float[] expected = embedded(first);
      assertThat(embedded(second)[0]).isNotCloseTo(expected[0], within(1e-5f));
      write(file, first);
      EncoderWeights.of(file).load(second);
      assertThat(embedded(second)).containsExactly(expected, within(1e-6f));
    }
  }

  private Map<String, NamedTensor> written(Encoder<Operand<TFloat32>> encoder) {
    Path file = folder.resolve("written.safetensors");
    try (InferenceModel<Image> model = model(encoder, 1)) {
      write(file, model);
    }
    return SafeTensors.read(file);
  }

  private static void write(Path file, InferenceModel<Image> model) {
    try (Weights weights = model.weights()) {
      EncoderWeights.write(file, weights);
    }
  }

  private Path file(Map<String, NamedTensor> tensors) {
    Path file = folder.resolve("changed.safetensors");
    SafeTensors.write(file, new ArrayList<>(tensors.values()), Map.of());
    return file;
  }

  private static void add(Map<String, NamedTensor> tensors, String name, long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size *= Math.toIntExact(dimension);
    }
    tensors.put(name, new NamedTensor(name, shape, new float[size]));
  }

  private static void assertShape(Map<String, NamedTensor> tensors, String name, long... shape) {
    assertThat(tensors).containsKey(name);
    assertThat(tensors.get(name)).extracting(NamedTensor::shape).isEqualTo(shape);
  }

  private static InferenceModel<Image> model(Encoder<Operand<TFloat32>> encoder, long seed) {
    return InferenceModel.untrained(ImageViews.simClr(16).canvas(16), encoder, seed);
  }

  private static float[] embedded(InferenceModel<Image> model) {
    try (GeneratedShapes shapes = GeneratedShapes.of(4, 16, 1);
        Embedder<Image> embedder = model.embedder()) {
      return embedder.embed(List.of(shapes.get(0)))[0];
    }
  }
}
