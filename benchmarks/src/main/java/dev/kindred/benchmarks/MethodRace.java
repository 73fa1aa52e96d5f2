package dev.kindred.benchmarks;

import dev.kindred.method.BarlowTwins;
import dev.kindred.method.Byol;
import dev.kindred.method.Dino;
import dev.kindred.method.IMix;
import dev.kindred.method.Method;
import dev.kindred.method.MixCo;
import dev.kindred.method.MoCo;
import dev.kindred.method.MoCoV3;
import dev.kindred.method.NnClr;
import dev.kindred.method.SimClr;
import dev.kindred.method.SimSiam;
import dev.kindred.method.SupCon;
import dev.kindred.method.Swav;
import dev.kindred.method.VicReg;
import dev.kindred.runtime.Precision;
import dev.kindred.vision.ImageViews;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a training step of each method costs beside SimCLR's: all at their defaults, on the same
 * network and the same batch of generated images, two views of each made in the step. Rounds of
 * tens of steps are alike: every tenth step has the diagnostics of representations too, and the
 * first of each kind is slow.
 */
@Command(name = "methods")
public final class MethodRace implements Runnable {
  private static final Set<String> OF_MANY_VIEWS = Set.of("swav", "dino");

  @Option(names = "--width")
  private int width = 16;

  @Option(names = "--batch", paramLabel = "IMAGES")
  private int batch = 256;

  @Option(names = "--steps", paramLabel = "STEPS_A_ROUND")
  private int steps = 10;

  @Option(names = "--rounds")
  private int rounds = 5;

  @Option(names = "--precision", paramLabel = "float32|bfloat16")
  private Precision precision = Precision.FLOAT32;

  @Option(names = "--multi-crop")
  private boolean multiCrop;

  private final PrintStream out = System.out;

  private MethodRace() {}

  /** Runs the race; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new MethodRace(), arguments));
  }

  /** Every method at its defaults, SimCLR first. */
  static List<Method> methods() {
    return List.of(
        SimClr.defaults(),
        MoCo.defaults(),
        MoCoV3.defaults(),
        Byol.defaults(),
        SimSiam.defaults(),
        Swav.defaults(),
        BarlowTwins.defaults(),
        VicReg.defaults(),
        Dino.defaults(),
        NnClr.defaults(),
        SupCon.defaults(),
        IMix.defaults(),
        MixCo.defaults());
  }

  @Override
  public void run() {
    out.println(Machine.describe());
    out.printf(
        "ResNet-18 width %d, batch %d, %s, %s, %d steps a round%n",
        width,
        batch,
        precision.name().toLowerCase(Locale.ROOT),
        multiCrop ? "two views, but six for swav and dino" : "two views",
        steps);
    List<MethodStep> contestants = new ArrayList<>();
    try {
      methods().forEach(method -> contestants.add(contestant(method)));
      summarize(contestants, new Race("images/s", contestants, rounds).run(out));
    } finally {
      contestants.forEach(MethodStep::close);
    }
  }

  private MethodStep contestant(Method method) {
    boolean many = multiCrop && OF_MANY_VIEWS.contains(method.settings().get("name"));
    String preset = many ? "multi-crop" : "simclr";
    ImageViews views = ImageViews.of(preset, SimClrStep.SIZE).canvas(SimClrStep.SIZE);
    return new MethodStep(method, views, width, precision, batch, steps);
  }

  /** The last line again, as a column, with each method's share of SimCLR's figure. */
  private void summarize(List<MethodStep> contestants, double[] medians) {
    out.printf("%nmedians%n%14s  %10s  %10s%n", "method", "images/s", "/ simclr");
    for (int i = 0; i < contestants.size(); i++) {
      double share = i == 0 ? 1 : 1 / medians[contestants.size() + i - 1];
      out.printf(
          Locale.ROOT, "%14s  %10.1f  %10.2f%n", contestants.get(i).name(), medians[i], share);
    }
  }
}
