package dev.kindred.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.data.Feeds;
import dev.kindred.runtime.Precision;
import dev.kindred.train.TrainingStep;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.data.GeneratedShapes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestantsTest {
  private static final int WIDTH = 1;
  private static final int BATCH = 4;

  @Test
  void constantBatchIsLearnt() {
    ReadyViews views = new ReadyViews(SimClrStep.SIZE, 2);
    try (TrainingStep<float[], ?> step = SimClrStep.of(views, WIDTH, Precision.FLOAT32);
        Feeds feeds = views.pack(views.noise(BATCH, 0))) {
      ConstantBatch contestant = new ConstantBatch("one", step, feeds, 2 * BATCH, 1);

      assertThat(contestant.measure()).isPositive();
      float before = contestant.loss();
      assertThat(contestant.measure()).isPositive();
      assertThat(contestant.loss()).isFinite().isNotEqualTo(before);
    }
  }

  @Test
  void wholePipelineGoesOnWhereItWas() {
    ImageViews views = ImageViews.simClr(SimClrStep.SIZE).canvas(SimClrStep.SIZE);
    try (GeneratedShapes shapes = GeneratedShapes.of(2 * BATCH, SimClrStep.SIZE, 0);
        TrainingStep<Image, ?> step = SimClrStep.of(views, WIDTH, Precision.FLOAT32)) {
      WholePipeline<Image> contestant =
          new WholePipeline<>(shapes, views, step, SimClrStep::point, BATCH, 2);
      List<Long> numbers = new ArrayList<>();

      assertThat(contestant.measure()).isPositive();
      contestant.train(3, numbers::add);

      assertThat(numbers).containsExactly(3L, 4L, 5L);
    }
  }
}
