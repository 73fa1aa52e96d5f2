package dev.kindred.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.embedding.Embeddings;
import dev.kindred.method.Dino;
import dev.kindred.method.Momentum;
import dev.kindred.method.SimClr;
import dev.kindred.nn.Network;
import dev.kindred.nn.Parameter;
import dev.kindred.optim.AdamW;
import dev.kindred.optim.Schedule;
import dev.kindred.train.Pretraining;
import dev.kindred.train.TrainedEncoder;
import dev.kindred.vision.augment.CenterCrop;
import dev.kindred.vision.augment.HorizontalFlip;
import dev.kindred.vision.augment.RandomResizedCrop;
import dev.kindred.vision.data.GeneratedShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class VitTest {
  private static final Vit SMALL = new Vit(16, 4, 12, 2, 3, 0.2, Vit.Pooling.CLASS_TOKEN);

  @TempDir private Path folder;

  @Test
  void tinyHasTheParametersOfThePaper() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Network network = new Network(tf, Network.Mode.INFERENCE, 0);
      new Vit(224, 16, 192, 12, 3, 0, Vit.Pooling.CLASS_TOKEN)
          .apply(network.scope(), images(tf, 224));
      // timm's vit_tiny_patch16_224 without its classifier.
      assertThat(network.parameters().stream().mapToLong(Parameter::size).sum())
          .isEqualTo(5_524_416);
    }
  }

  @Test
  void learnsAndResumesWithStochasticDepth() throws IOException {
    try (GeneratedShapes shapes = GeneratedShapes.of(64, 16, 1)) {
      TrainedEncoder once = simClr(shapes, "once").run();
      simClr(shapes, "twice").run();
      assertThat(once.report().loss()).isLessThan(3.2);
      String parameters = "encoder/variables/variables.data-00000-of-00001";
      assertThat(Files.readAllBytes(folder.resolve("once").resolve(parameters)))
          .isEqualTo(Files.readAllBytes(folder.resolve("twice").resolve(parameters)));
      try (ImageEmbedder embedder = ImageEmbedder.load(once.folder())) {
        Embeddings all = embedder.embed(shapes);
        assertThat(all.dimension()).isEqualTo(12);
      }
    }
  }

  @Test
  void dinoTrainsItOnCropsOfTwoSizes() {
    ImageViews views =
        ImageViews.builder(16)
            .views(2, List.of(RandomResizedCrop.to(16), HorizontalFlip.standard()))
            .views(2, List.of(RandomResizedCrop.to(8).withScale(0.1, 0.4)))
            .canvas(16)
            .build();
    try (GeneratedShapes shapes = GeneratedShapes.of(32, 16, 1)) {
      double loss =
          Pretraining.of(new Dino(16, 8, 12, 0.1, 0.04, 0.9, Momentum.rising(0.9), 0))
              .data(shapes)
              .views(views)
              .encoder(SMALL)
              .optimizer(AdamW.defaults())
              .schedule(Schedule.constant(0.001f))
              .epochs(2)
              .batchSize(8)
              .out(folder.resolve("dino"))
              .run()
              .report()
              .loss();
      assertThat(loss).isFinite().isPositive();
    }
  }

  @Test
  void refusesSizesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Vit(30, 4, 12, 2, 3, 0, Vit.Pooling.MEAN))
        .withMessage("image size must be a multiple of the patch of 4, was 30");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Vit(16, 4, 13, 2, 3, 0, Vit.Pooling.MEAN))
        .withMessage("dimension must be a multiple of 3 heads, was 13");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SMALL.withStochasticDepth(1))
        .withMessage("stochasticDepth must be in [0, 1), was 1.0");
  }

  private Pretraining<Image, Operand<TFloat32>> simClr(GeneratedShapes shapes, String run) {
    return Pretraining.of(SimClr.defaults().withTemperature(0.1))
        .data(shapes)
        .views(ImageViews.builder(16).views(2, List.of(new CenterCrop(16))).canvas(16).build())
        .encoder(SMALL)
        .optimizer(AdamW.defaults())
        .schedule(Schedule.constant(0.003f))
        .epochs(5)
        .batchSize(16)
        .out(folder.resolve(run));
  }

  private static Placeholder<TFloat32> images(Ops tf, int side) {
    return tf.placeholder(
        TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, side, side, 3)));
  }
}
