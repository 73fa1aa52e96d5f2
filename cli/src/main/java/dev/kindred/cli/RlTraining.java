package dev.kindred.cli;

import dev.kindred.method.Method;
import dev.kindred.rl.ActedEncoder;
import dev.kindred.rl.ActedViews;
import dev.kindred.rl.ObservationViews;
import dev.kindred.rl.PixelEncoder;
import dev.kindred.rl.StackShape;
import dev.kindred.rl.TimePairs;
import dev.kindred.rl.data.Clip;
import dev.kindred.rl.data.Clips;
import dev.kindred.rl.data.Recording;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.Require;
import dev.kindred.train.Pretraining;
import dev.kindred.train.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A training on observations with everything resolved. */
final class RlTraining implements StartedTraining {
  static final String COMMAND = "pretrain rl";

  private final RlTrainingOptions options;
  private final Recording recording;
  private final TimePairs pairs;

  private RlTraining(RlTrainingOptions options, Recording recording) {
    this.options = options;
    this.recording = recording;
    pairs = Catalogues.METHODS.get(options.method).pairs(options);
  }

  /**
   * Opens the recording, which is made first where there is none, and settles in {@code options}
   * what depends on it.
   *
   * @param run where the run will be
   * @throws IllegalArgumentException if the options contradict each other
   */
  static RlTraining resolve(RlTrainingOptions options, Path run) {
    options.settle();
    options.settleOrder(null);
    require(options);
    new RunFolder(run).requireFree();
    if (options.data == null) {
      options.data = recorded(options, run).toString();
    } else if (options.play.world.env != null) {
      throw new IllegalArgumentException(
          "--env plays what --data has recorded already; leave one out");
    }
    return of(options);
  }

  /** Refuses what is wrong whatever the recording is like, before there is one. */
  private static void require(RlTrainingOptions options) {
    MethodChoice choice = Catalogues.METHODS.get(options.method);
    choice.of(options);
    choice.pairs(options);
    encoder(options);
    RlNetworks.views(options.views, options.play.world.size);
    Require.atLeastOne("--stack", options.stack);
    Require.atLeastOne("--together", options.together);
    Require.that(
        options.batchSize % options.together == 0,
        "--batch-size",
        "a multiple of --together, " + options.together,
        options.batchSize);
  }

  /** The training that a run began with. */
  static RlTraining of(RunOrigin origin) {
    return of(origin.fill(new RlTrainingOptions()));
  }

  private static RlTraining of(RlTrainingOptions options) {
    Path file = Path.of(Objects.requireNonNull(options.data)).toAbsolutePath();
    options.data = file.toString();
    return new RlTraining(options, Recording.open(file));
  }

  /** Random play, in a file beside the run's folder, which must not be there yet. */
  private static Path recorded(RlTrainingOptions options, Path run) {
    options.play.world.world();
    Require.that(
        options.play.frames >= options.batchSize,
        "--frames",
        "at least --batch-size, " + options.batchSize,
        options.play.frames);
    Path file = beside(run, "-play").toAbsolutePath();
    if (Files.exists(file)) {
      throw new KindredException(
          "%s: exists already; train on it with --data, or choose another --out".formatted(file));
    }
    options.play.record(options.seed, file);
    options.play.world.env = null;
    return file;
  }

  /** A recording that belongs to a run, but is not in its folder, which must be empty at first. */
  static Path beside(Path run, String name) {
    return run.resolveSibling(
        run.toAbsolutePath().normalize().getFileName() + name + ".safetensors");
  }

  RlTrainingOptions options() {
    return options;
  }

  @Override
  public Pretraining<?, ?> pretraining() {
    MethodChoice choice = Catalogues.METHODS.get(options.method);
    Method method = choice.of(options);
    Clips clips = Clips.of(recording, options.stack, pairs.steps());
    StackShape shape = StackShape.of(recording, options.stack);
    ObservationViews views =
        ObservationViews.of(shape, pairs, RlNetworks.views(options.views, shape.height()));
    Pretraining.OfData<Clip> begun =
        Pretraining.of(method).data(Subsets.first(clips, options.first));
    PixelEncoder encoder = encoder(options);
    Pretraining<Clip, ?> training =
        pairs.kind() == TimePairs.Kind.RUN
            ? options.configure(
                begun.views(ActedViews.of(views, recording)).encoder(new ActedEncoder(encoder)),
                COMMAND)
            : options.configure(begun.views(views).encoder(encoder), COMMAND);
    return training.together(options.together);
  }

  private static PixelEncoder encoder(RlTrainingOptions options) {
    PixelEncoder encoder = RlNetworks.ENCODERS.get(options.encoder).normalizing(options.batchNorm);
    return encoder.withDimension(options.dimension);
  }

  @Override
  public void close() {
    recording.close();
  }
}
