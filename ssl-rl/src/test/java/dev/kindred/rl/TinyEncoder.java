package dev.kindred.rl;

import dev.kindred.rl.data.Clips;
import dev.kindred.rl.data.Recorder;
import dev.kindred.rl.data.Recording;
import dev.kindred.rl.env.Backdrop;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.FrameStack;
import dev.kindred.rl.env.Policy;
import dev.kindred.rl.env.World;
import dev.kindred.rl.method.Curl;
import dev.kindred.train.Pretraining;
import java.nio.file.Path;

/** An encoder of small pictures of a pole on a cart, for tests of what uses one. */
public final class TinyEncoder {
  /** The length of its representations. */
  public static final int DIMENSION = 8;

  private static final int SIDE = 24;
  private static final int STACK = 2;

  private TinyEncoder() {}

  /** Trains one for a few steps, and tells its folder below {@code folder}. */
  public static Path train(Path folder) {
    Path file = folder.resolve("play.safetensors");
    try (Environment<Frame, Integer> play = pictures()) {
      Recorder.of(play, Policy.random(play.actionSpace())).frames(128).record(file);
    }
    try (Recording recording = Recording.open(file)) {
      return Pretraining.of(Curl.defaults())
          .data(Clips.of(recording, STACK, 0))
          .views(ObservationViews.curl(StackShape.of(recording, STACK)))
          .encoder(PixelEncoder.curl().withDimension(DIMENSION))
          .epochs(1)
          .batchSize(32)
          .out(folder.resolve("run"))
          .run()
          .folder();
    }
  }

  /** The pole as {@code encoder}, which stays the caller's, sees it. */
  public static Environment<float[], Integer> environment(ObservationEncoder encoder) {
    return new EncodedEnvironment<>(new FrameStack<>(pictures(), STACK), encoder);
  }

  private static Environment<Frame, Integer> pictures() {
    return World.CARTPOLE.pixels(SIDE, SIDE, Backdrop.plain());
  }
}
