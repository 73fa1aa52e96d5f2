package dev.kindred.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Embeddings;
import dev.kindred.method.SimClr;
import dev.kindred.optim.Schedule;
import dev.kindred.optim.Sgd;
import dev.kindred.train.Pretraining;
import dev.kindred.vision.data.GeneratedShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class TrainingOnImagesTest {
  private static final String PARAMETERS = "encoder/variables/variables.data-00000-of-00001";

  @TempDir static Path folder;
  private static GeneratedShapes shapes;
  private static Path encoder;

  @BeforeAll
  static void train() {
    shapes = GeneratedShapes.of(320, 16, 1);
    training("trained").epochs(1).batchSize(32).run();
    encoder = folder.resolve("trained/encoder");
  }

  @AfterAll
  static void close() {
    shapes.close();
  }

  /** A residual network, so that convolutions' gradients race with updates if they are let. */
  @Test
  void twoRunsOfAHundredStepsAreByteIdentical() throws IOException {
    training("a").epochs(5).batchSize(16).run();
    training("b").epochs(5).batchSize(16).run();
    assertThat(Files.readAllBytes(folder.resolve("a").resolve(PARAMETERS)))
        .isEqualTo(Files.readAllBytes(folder.resolve("b").resolve(PARAMETERS)));
  }

  /** What cannot overfit one batch has a wrong gradient somewhere. */
  @Test
  void overfitsOneBatch() {
    double loss =
        Pretraining.of(SimClr.defaults().withTemperature(0.1))
            .data(shapes.first(16))
            .views(
                ImageViews.builder(16)
                    .views(2, List.of(new dev.kindred.vision.augment.CenterCrop(16)))
                    .canvas(16)
                    .build())
            .encoder(ResNet.resnet18().width(4).smallImageStem())
            .optimizer(Sgd.momentum(0.9f).weightDecay(0))
            .schedule(Schedule.constant(0.05f))
            .epochs(100)
            .batchSize(16)
            .checkpointEvery(1000)
            .out(folder.resolve("run"))
            .run()
            .report()
            .loss();
    assertThat(loss).isLessThan(0.1);
  }

  @Test
  void theSavedEncoderGivesTheSameVectorsFromEightThreads() throws Exception {
    try (ImageEmbedder embedder = ImageEmbedder.load(encoder)) {
      Embeddings all = embedder.embed(shapes);
      assertThat(all.size()).isEqualTo(320);
      assertThat(all.dimension()).isEqualTo(embedder.dimension()).isEqualTo(32);
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Future<float[]>> vectors = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
          Image image = shapes.get(i);
          vectors.add(threads.submit(() -> embedder.embed(image)));
        }
        for (int i = 0; i < vectors.size(); i++) {
          assertEqual(vectors.get(i).get(), all.vectors()[i]);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void aClosedEmbedderSaysSo() {
    ImageEmbedder embedder = ImageEmbedder.load(encoder);
    embedder.close();
    embedder.close();
    org.assertj.core.api.Assertions.assertThatIllegalStateException()
        .isThrownBy(() -> embedder.embed(shapes.get(0)))
        .withMessage("this embedder is closed");
  }

  /** To 1e-5 of the vector's largest value, which what is near 0 is a sum of. */
  private static void assertEqual(float[] actual, float[] expected) {
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).containsExactly(expected, within(1e-5f * largest));
  }

  private static Pretraining<Image, Operand<TFloat32>> training(String run) {
    return Pretraining.of(SimClr.defaults())
        .data(shapes)
        .views(ImageViews.simClr(16).canvas(16))
        .encoder(ResNet.resnet18().width(4).smallImageStem())
        .out(folder.resolve(run));
  }
}
