package dev.kindred.benchmarks.peers;

import dev.kindred.benchmarks.ConstantBatch;
import dev.kindred.benchmarks.Contestant;
import dev.kindred.benchmarks.Machine;
import dev.kindred.benchmarks.Program;
import dev.kindred.benchmarks.Race;
import dev.kindred.benchmarks.ReadyViews;
import dev.kindred.benchmarks.SimClrStep;
import dev.kindred.data.Feeds;
import dev.kindred.runtime.Precision;
import dev.kindred.train.TrainingStep;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One training step, SimCLR on a ResNet-18 at 32 x 32, in Kindred, in DJL and, by {@code --torch},
 * in a program of one's own: forward, loss, gradients and update on one batch of ready views.
 */
@Command(name = "step")
public final class StepRace implements Runnable {
  @Option(names = "--width")
  private int width = 64;

  @Option(names = "--batch", paramLabel = "IMAGES")
  private int batch = 64;

  @Option(names = "--steps", paramLabel = "STEPS_A_ROUND")
  private int steps = 5;

  @Option(names = "--rounds")
  private int rounds = 7;

  @Option(names = "--precision", paramLabel = "float32|bfloat16")
  private Precision precision = Precision.FLOAT32;

  @Option(names = "--torch", paramLabel = "COMMAND")
  private String torch = "";

  private final PrintStream out = System.out;

  private StepRace() {}

  /** Runs the race; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new StepRace(), arguments));
  }

  @Override
  public void run() {
    out.println(Machine.describe() + "; " + DjlEngine.describe());
    out.printf(
        "SimCLR step, ResNet-18 width %d, %d views of 32 x 32, Kindred in %s, %d steps a round%n",
        width, 2 * batch, precision.name().toLowerCase(Locale.ROOT), steps);
    ReadyViews views = new ReadyViews(SimClrStep.SIZE, 2);
    try (TrainingStep<float[], ?> step = SimClrStep.of(views, width, precision);
        Feeds feeds = views.pack(views.noise(batch, 0));
        DjlStep djl = new DjlStep(width, batch, steps)) {
      List<Contestant> contestants = new ArrayList<>();
      contestants.add(new ConstantBatch("kindred", step, feeds, 2 * batch, steps));
      contestants.add(djl);
      if (!torch.isEmpty()) {
        contestants.add(new ExternalStep("torch", torch));
      }
      new Race("views/s", contestants, rounds).run(out);
    }
  }
}
