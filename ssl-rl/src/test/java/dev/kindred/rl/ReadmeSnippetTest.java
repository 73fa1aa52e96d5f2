package dev.kindred.rl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.optim.AdamW;
import dev.kindred.optim.Schedule;
import dev.kindred.rl.data.Clips;
import dev.kindred.rl.data.Recorder;
import dev.kindred.rl.data.Recording;
import dev.kindred.rl.env.Backdrop;
import dev.kindred.rl.env.Environment;
import dev.kindred.rl.env.Frame;
import dev.kindred.rl.env.FrameStack;
import dev.kindred.rl.env.Policy;
import dev.kindred.rl.env.Step;
import dev.kindred.rl.env.World;
import dev.kindred.rl.method.Atc;
import dev.kindred.train.Pretraining;
import dev.kindred.train.TrainedEncoder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the README shows of observations. */
class ReadmeSnippetTest {
  @TempDir private Path folder;

  @Test
  void theSnippetTrainsAndSees() {
    Path play = folder.resolve("play.safetensors");
    try (Environment<Frame, Integer> lander = World.LUNAR_LANDER.pixels(32, 32, Backdrop.plain())) {
      Recorder.of(lander, Policy.random(lander.actionSpace())).frames(150).record(play);
    }

    TrainedEncoder trained = train(play, 1, 16, folder.resolve("run"));
    Step<float[]> step = act(trained.folder(), 32);

    assertThat(step.observation()).hasSize(50).doesNotContain(Float.NaN);
    assertThat(step.over()).isFalse();
  }

  private static TrainedEncoder train(Path play, int epochs, int batchSize, Path run) {
    // #observe
    try (Recording recording = Recording.open(play);
        Clips clips = Clips.of(recording, 3, 3)) {
      TrainedEncoder encoder =
          Pretraining.of(Atc.defaults())
              .data(clips)
              .views(ObservationViews.atc(StackShape.of(recording, 3), 3))
              .encoder(PixelEncoder.curl())
              .optimizer(AdamW.defaults())
              .schedule(Schedule.cosine(1e-3f))
              .epochs(epochs)
              .batchSize(batchSize)
              .together(16)
              .out(run)
              .run();
      // #end
      return encoder;
    }
  }

  private static Step<float[]> act(Path folder, int side) {
    // #act
    try (ObservationEncoder encoder = ObservationEncoder.load(folder);
        Environment<Frame, Integer> lander =
            World.LUNAR_LANDER.pixels(side, side, Backdrop.plain());
        Environment<float[], Integer> seen =
            new EncodedEnvironment<>(new FrameStack<>(lander, 3), encoder)) {
      float[] first = seen.reset(1).observation();
      Step<float[]> step = seen.step(first[0] > 0 ? 1 : 3); // an agent chooses by what it sees
      // #end
      return step;
    }
  }
}
