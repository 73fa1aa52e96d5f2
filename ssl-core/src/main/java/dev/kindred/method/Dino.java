package dev.kindred.method;

import dev.kindred.nn.Activations;
import dev.kindred.nn.BatchNorm;
import dev.kindred.nn.Block;
import dev.kindred.nn.Dense;
import dev.kindred.nn.Network;
import dev.kindred.nn.Parameter;
import dev.kindred.nn.Prototypes;
import dev.kindred.runtime.Require;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * DINO: the momentum branch's distribution over the outputs for one view, sharpened and centred, is
 * foretold from the other views. Takes more than two views: the first two, of full size, are the
 * teacher's; the others, smaller crops, only the student's.
 *
 * @param hiddenWidth the width of the two hidden layers of the head
 * @param bottleneckWidth the width before the last layer
 * @param outputs the number of outputs
 * @param studentTemperature {@code > 0}
 * @param teacherTemperature {@code > 0}, lower
 * @param centreMomentum how much of the centre stays at each step, in {@code [0, 1]}
 * @param momentum how the momentum branch follows
 * @param frozen the share of the run during which the last layer stays as it is, in {@code [0, 1]}
 * @see <a href="https://arxiv.org/abs/2104.14294">Caron et al. 2021, Emerging Properties in
 *     Self-Supervised Vision Transformers</a>
 */
public record Dino(
    int hiddenWidth,
    int bottleneckWidth,
    int outputs,
    double studentTemperature,
    double teacherTemperature,
    double centreMomentum,
    Momentum momentum,
    double frozen)
    implements Method {
  private static final int TAUGHT = 2;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public Dino {
    Require.atLeastOne("hiddenWidth", hiddenWidth);
    Require.atLeastOne("bottleneckWidth", bottleneckWidth);
    Require.atLeastOne("outputs", outputs);
    new dev.kindred.losses.Dino(studentTemperature, teacherTemperature);
    Require.share("centreMomentum", centreMomentum);
    Require.share("frozen", frozen);
  }

  /** lightly's settings for CIFAR-10: 2048-2048-256, 2,048 outputs, momentum 0.99 rising to 1. */
  public static Dino defaults() {
    return new Dino(
        2048,
        256,
        2048,
        0.1,
        0.04,
        dev.kindred.losses.Dino.DEFAULT_CENTRE_MOMENTUM,
        Momentum.rising(0.99),
        0);
  }

  /** The same method with another momentum. */
  public Dino withMomentum(Momentum value) {
    return new Dino(
        hiddenWidth,
        bottleneckWidth,
        outputs,
        studentTemperature,
        teacherTemperature,
        centreMomentum,
        value,
        frozen);
  }

  @Override
  public <V> Objective build(MethodScope<V> scope, List<V> views) {
    Ops tf = scope.tf();
    Block head = head(scope);
    List<Operand<TFloat32>> student =
        scope.all(scope.head(ONLINE, "head", head, scope.encode(ONLINE, views)));
    List<Operand<TFloat32>> teacher =
        scope.all(
            scope.head(MOMENTUM, "head", head, scope.encode(MOMENTUM, views.subList(0, TAUGHT))));
    scope.follow(momentum);
    Parameter centre = scope.branch(MOMENTUM).statistic("centre", Shape.of(outputs), 0);
    scope
        .branch(MOMENTUM)
        .replace(
            centre,
            Network.When.STEP,
            (ops, current) ->
                dev.kindred.losses.Dino.nextCentre(ops, current, teacher, centreMomentum));
    return Objective.of(
        new dev.kindred.losses.Dino(studentTemperature, teacherTemperature)
            .of(tf, student, teacher, centre.value()));
  }

  @Override
  public Map<String, Object> settings() {
    return MethodSettings.of("dino", this);
  }

  private Block head(MethodScope<?> scope) {
    return hidden()
        .named("layer0")
        .then(hidden().named("layer1"))
        .then(Dense.of(bottleneckWidth).withBias().named("layer2"))
        .then(new Prototypes(outputs, scope.before(frozen)).named("last"));
  }

  private Block hidden() {
    return Dense.of(hiddenWidth).then(BatchNorm.create().named("bn")).then(Activations.gelu());
  }
}
