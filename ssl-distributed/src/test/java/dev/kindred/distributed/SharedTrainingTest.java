package dev.kindred.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.Weights;
import dev.kindred.method.Byol;
import dev.kindred.method.Dino;
import dev.kindred.method.IMix;
import dev.kindred.method.Method;
import dev.kindred.method.MoCo;
import dev.kindred.method.Momentum;
import dev.kindred.method.NnClr;
import dev.kindred.method.SimClr;
import dev.kindred.method.SimCse;
import dev.kindred.method.SimCseQueue;
import dev.kindred.method.SupCon;
import dev.kindred.method.Swav;
import dev.kindred.method.VicReg;
import dev.kindred.runtime.Collectives;
import dev.kindred.runtime.KindredException;
import dev.kindred.train.Pretraining;
import dev.kindred.train.RunFolder;
import dev.kindred.train.StepReport;
import dev.kindred.train.StoppedException;
import dev.kindred.train.Toy;
import dev.kindred.train.TrainedEncoder;
import dev.kindred.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Several workers make the steps that one process makes of the whole batch. */
class SharedTrainingTest {
  private static final Toy.Points POINTS = new Toy.Points(40, Set.of(), true);
  private static final List<String> ENCODER =
      Stream.of("fc/kernel", "bn/gamma", "bn/beta", "bn/mean", "bn/variance")
          .map("online/encoder/"::concat)
          .toList();

  @TempDir private Path folder;

  static Stream<Method> methods() {
    return Stream.of(
        SimClr.defaults(),
        new MoCo(8, 4, 0.1, 24, Momentum.constant(0.9), true, 1),
        new Byol(List.of(8, 4), List.of(8, 4), Momentum.rising(0.9)),
        new Swav(List.of(8, 4), 6, 0.1, 0.1, 20, 0.3),
        new VicReg(List.of(8, 8), 1, 1, 0.04),
        new Dino(8, 4, 6, 0.1, 0.04, 0.9, Momentum.rising(0.9), 0.1),
        new NnClr(List.of(8, 4), List.of(8, 4), 0.1, 20),
        new SupCon(List.of(8, 4), 0.1),
        new SimCseQueue(SimCse.defaults().withProjector(8, 4), 11, Momentum.constant(0.9)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void twoWorkersMakeTheStepsOfOne(Method method) {
    Path alone = folder.resolve("alone");
    Path shared = folder.resolve("shared");
    List<Float> expected = train(method, alone, Collectives.alone());
    List<Crew.Ending<List<Float>>> endings = Crew.run(2, workers -> train(method, shared, workers));
    assertThat(endings).allSatisfy(one -> assertThat(one.failure()).isNull());
    List<Float> found = Objects.requireNonNull(endings.get(0).value());
    assertThat(found).hasSize(20);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).as("step %d", i + 1).isCloseTo(expected.get(i), within(1e-3f));
    }
    close(shared, alone);
  }

  @Test
  void whatOneWorkerCannotReadIsToldToTheFirst() {
    Path out = folder.resolve("run");
    Toy.Points damaged = new Toy.Points(40, Set.of(3, 11, 17, 30), true);
    List<Crew.Ending<TrainedEncoder>> endings =
        Crew.run(2, workers -> pretraining(SimClr.defaults(), out, damaged, workers).run());
    assertThat(endings).allSatisfy(one -> assertThat(one.failure()).isNull());
    assertThat(new RunFolder(out).skipped())
        .content()
        .contains("point/3\t", "point/11\t", "point/17\t", "point/30\t");
  }

  @Test
  void anotherNumberOfWorkersGoesOn() {
    Path whole = folder.resolve("whole");
    List<Float> expected = train(SimClr.defaults(), whole, Collectives.alone());
    Path cut = folder.resolve("cut");
    AtomicInteger asked = new AtomicInteger();
    List<Crew.Ending<TrainedEncoder>> endings =
        Crew.run(
            2,
            workers ->
                pretraining(SimClr.defaults(), cut, POINTS, workers)
                    .stopWhen(() -> !workers.first() && asked.incrementAndGet() > 7)
                    .run());
    assertThat(endings)
        .allSatisfy(one -> assertThat(one.failure()).isInstanceOf(StoppedException.class));
    List<Float> rest = new ArrayList<>();
    pretraining(SimClr.defaults(), cut, POINTS, Collectives.alone())
        .listener(losses(rest))
        .resume();
    assertThat(rest).hasSize(12);
    assertThat(rest.get(11)).isCloseTo(expected.get(19), within(1e-4f));
  }

  @Test
  void aWorkerThatFailsIsNamedWithItsReason() {
    List<Crew.Ending<TrainedEncoder>> endings =
        Crew.run(
            3,
            workers ->
                pretraining(SimClr.defaults(), folder.resolve("run"), POINTS, workers)
                    .batchSize(12)
                    .stopWhen(
                        () -> {
                          if (workers.rank() == 2) {
                            throw new KindredException("the disk is full");
                          }
                          return false;
                        })
                    .run());
    assertThat(endings.get(2).failure()).hasMessage("the disk is full");
    assertThat(endings.subList(0, 2))
        .allSatisfy(
            one ->
                assertThat(one.failure())
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("worker 2 of 3")
                    .hasMessageContaining("stopped: the disk is full"));
  }

  @Test
  void otherSettingsAreRefusedBeforeAnythingIsWritten() {
    Path out = folder.resolve("run");
    List<Crew.Ending<TrainedEncoder>> endings =
        Crew.run(
            2,
            workers ->
                pretraining(SimClr.defaults(), out, POINTS, workers)
                    .epochs(4 + workers.rank())
                    .run());
    assertThat(endings)
        .allSatisfy(one -> assertThat(one.failure()).hasMessageContaining("differ in epochs ("));
    assertThat(out).doesNotExist();
  }

  @Test
  void whatCannotBeSharedIsRefused() {
    List<Crew.Ending<TrainedEncoder>> odd =
        Crew.run(3, workers -> pretraining(SimClr.defaults(), folder, POINTS, workers).run());
    assertThat(odd)
        .allSatisfy(
            one ->
                assertThat(one.failure())
                    .hasMessageContaining("batch size must be a multiple of the 3 workers"));
    Method blending = new IMix(List.of(8, 4), 0.2);
    List<Crew.Ending<TrainedEncoder>> endings =
        Crew.run(2, workers -> pretraining(blending, folder.resolve("a"), POINTS, workers).run());
    assertThat(endings)
        .allSatisfy(one -> assertThat(one.failure()).hasMessageContaining("one worker only"));
  }

  private static Pretraining<float[], Operand<TFloat32>> pretraining(
      Method method, Path out, Toy.Points points, Collectives workers) {
    return Toy.pretraining(method, out, points).workers(workers).syncBatchNorm(true);
  }

  private static TrainingListener losses(List<Float> kept) {
    return new TrainingListener() {
      @Override
      public void onStep(StepReport report) {
        kept.add(report.loss());
      }
    };
  }

  private static List<Float> train(Method method, Path out, Collectives workers) {
    List<Float> losses = new ArrayList<>();
    pretraining(method, out, POINTS, workers).listener(losses(losses)).run();
    return losses;
  }

  private static void close(Path one, Path other) {
    try (Weights found = new RunFolder(one).variables(ENCODER);
        Weights expected = new RunFolder(other).variables(ENCODER)) {
      for (String name : ENCODER) {
        TFloat32 right = expected.value(name);
        TFloat32 value = found.value(name);
        double scale = 0;
        double off = 0;
        for (long i = 0; i < right.size(); i++) {
          double a = right.asRawTensor().data().asFloats().getFloat(i);
          double b = value.asRawTensor().data().asFloats().getFloat(i);
          scale = Math.max(scale, Math.abs(a));
          off = Math.max(off, Math.abs(a - b));
        }
        assertThat(off / scale).as(name).isLessThan(1e-3);
      }
    }
  }
}
