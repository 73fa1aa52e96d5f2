package dev.kindred.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.method.BarlowTwins;
import dev.kindred.method.Method;
import dev.kindred.method.MethodScope;
import dev.kindred.method.Objective;
import dev.kindred.method.SimClr;
import dev.kindred.nn.MlpHead;
import dev.kindred.optim.Schedule;
import dev.kindred.optim.Sgd;
import dev.kindred.train.Pretraining;
import dev.kindred.train.RunWarning;
import dev.kindred.train.TrainingListener;
import dev.kindred.vision.data.GeneratedShapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class CollapseTest {
  @TempDir private Path folder;

  @Test
  void byolWithoutPredictorAndMomentumIsFlaggedWithin200Steps() {
    assertThat(warnings(new Broken()))
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.step()).isLessThan(200);
              assertThat(warning.message()).startsWith("the representations collapse: ");
            });
  }

  @Test
  void methodsThatWorkAreNotFlagged() {
    assertThat(warnings(SimClr.defaults())).isEmpty();
    assertThat(warnings(new BarlowTwins(List.of(64, 64), 5e-3, 0.1))).isEmpty();
  }

  private List<RunWarning> warnings(Method method) {
    List<RunWarning> warnings = new ArrayList<>();
    try (GeneratedShapes shapes = GeneratedShapes.of(320, 16, 1)) {
      Pretraining.of(method)
          .data(shapes)
          .views(ImageViews.simClr(16).canvas(16))
          .encoder(ResNet.resnet18().width(4).smallImageStem())
          .optimizer(Sgd.momentum(0.9f).weightDecay(5e-4f))
          .schedule(Schedule.constant(0.1f))
          .epochs(10)
          .batchSize(16)
          .listener(
              new TrainingListener() {
                @Override
                public void onWarning(RunWarning warning) {
                  warnings.add(warning);
                }
              })
          .out(folder.resolve(String.valueOf(method.settings().get("name"))))
          .run();
    }
    return warnings;
  }

  /** BYOL's regression without what keeps it from collapse. */
  private record Broken() implements Method {
    @Override
    public <V> Objective build(MethodScope<V> scope, List<V> views) {
      List<Operand<TFloat32>> z = scope.project(ONLINE, new MlpHead(List.of(64, 64), false), views);
      return Objective.of(
          dev.kindred.losses.Byol.standard()
              .symmetric(scope.tf(), z.get(0), z.get(1), z.get(1), z.get(0)));
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("name", "broken");
    }
  }
}
