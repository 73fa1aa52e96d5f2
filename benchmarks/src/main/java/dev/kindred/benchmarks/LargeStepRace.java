package dev.kindred.benchmarks;

import dev.kindred.method.SimClr;
import dev.kindred.runtime.Precision;
import dev.kindred.vision.ImageViews;
import dev.kindred.vision.ResNet;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * SimCLR's step as ImageNet has it: ResNet-50 on views of 224 pixels, made in the step of generated
 * images, at each of several sizes of a batch. What a worker gets done of a share so large.
 */
@Command(name = "large-step")
public final class LargeStepRace implements Runnable {
  @Option(names = "--batch", split = ",", paramLabel = "IMAGES")
  private List<Integer> batches = List.of(8, 32, 128);

  @Option(names = "--precision", split = ",", paramLabel = "float32|bfloat16|float16")
  private List<Precision> precisions = List.of(Precision.FLOAT32);

  @Option(names = "--image-size", paramLabel = "PIXELS")
  private int side = 224;

  @Option(names = "--steps", paramLabel = "STEPS_A_ROUND")
  private int steps = 10;

  @Option(names = "--rounds")
  private int rounds = 5;

  private final PrintStream out = System.out;

  private LargeStepRace() {}

  /** Runs the race; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new LargeStepRace(), arguments));
  }

  @Override
  public void run() {
    out.println(Machine.describe());
    out.printf("ResNet-50, two views of %d pixels, %d steps a round%n", side, steps);
    List<MethodStep> contestants = new ArrayList<>();
    try {
      for (Precision precision : precisions) {
        batches.forEach(batch -> contestants.add(contestant(batch, precision)));
      }
      new Race("images/s", contestants, rounds).run(out);
    } finally {
      contestants.forEach(MethodStep::close);
    }
  }

  private MethodStep contestant(int batch, Precision precision) {
    return new MethodStep(
        precision.name().toLowerCase(Locale.ROOT) + "/" + batch,
        SimClr.defaults(),
        ResNet.resnet50(),
        ImageViews.simClrImageNet(side).canvas(side),
        precision,
        batch,
        steps);
  }
}
