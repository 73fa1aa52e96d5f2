package dev.kindred.cli;

import dev.kindred.rl.ObservationEncoder;
import dev.kindred.rl.data.Recording;
import dev.kindred.train.Pretraining;
import dev.kindred.train.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Shows the whole way on play that is recorded for it.
 *
 * @param quick whether to train for seconds only
 * @param seed what everything random starts from
 */
record RlDemo(boolean quick, long seed) {
  private static final String WORLD = "lunar-lander";

  /** Records, trains, measures, draws, and prints. */
  int run(Path folder, PrintWriter terminal) {
    Path played = RlTraining.beside(folder, "-play");
    Path test = RlTraining.beside(folder, "-test");
    requireFree(played);
    requireFree(test);
    RlTrainingOptions options = options();
    introduce(options, terminal);
    try (RlTraining training = RlTraining.resolve(options, folder)) {
      terminal.println(options.summary());
      int code =
          TrainingRun.execute(training.pretraining().out(folder), Pretraining::run, terminal);
      options.play.world.env = WORLD;
      options.play.frames = quick ? 800 : 3000;
      options.play.record(seed + 1, test);
      compare(new RunFolder(folder), played, test, terminal);
      return code;
    }
  }

  private RlTrainingOptions options() {
    RlTrainingOptions options = new RlTrainingOptions();
    options.play.world.env = WORLD;
    options.play.world.size = 64;
    options.play.frames = quick ? 1500 : 6000;
    options.method = "atc";
    options.encoder = "mid";
    options.epochs = quick ? 2 : 4;
    options.batchSize = 64;
    options.lr = 0.001f;
    options.perEpoch = false;
    options.clip = 10f;
    options.seed = seed;
    return options;
  }

  private static void introduce(RlTrainingOptions options, PrintWriter terminal) {
    terminal.println(
        """
        Playing %s at random, recording %d pictures, and training a small network on
        them by ATC: of each, what is seen %d steps later is to be found among others. It sees no
        reward and no state; afterwards the true state tells what it has learned. The settings,
        which are options of kindred pretrain rl:
        """
            .formatted(
                WORLD,
                options.play.frames,
                Catalogues.METHODS.get(options.method).pairs(options).steps())
            .strip());
  }

  private void compare(RunFolder run, Path played, Path other, PrintWriter terminal) {
    try (ObservationEncoder encoder = ObservationEncoder.load(run.encoder());
        Recording train = Recording.open(played);
        Recording test = Recording.open(other)) {
      terminal.println(
          "\nHow much of the true state a linear regression reads off what they make of other play:");
      StateProbe.of(run.encoder(), seed, train, test, List.of()).lines().forEach(terminal::println);
      Path neighbours = run.path().resolve("neighbours.png");
      ObservationNeighbours.of(encoder, train, test).write(neighbours);
      terminal.println(
          """

          %s: some of that play in the first column, and beside each
          what the encoder takes for most like it in five episodes of its training. What next:
            kindred play --env %s --policy pilot --out landing.gif
            kindred evaluate state --model %s --train %s --test %s
            kindred embed rl --model %s --data %s --out states.npy"""
              .formatted(neighbours, WORLD, run.path(), played, other, run.path(), other));
    }
  }

  private static void requireFree(Path recording) {
    if (Files.exists(recording)) {
      throw new IllegalArgumentException(
          recording + ": exists already, and is recorded anew; delete it, or choose another --out");
    }
  }
}
