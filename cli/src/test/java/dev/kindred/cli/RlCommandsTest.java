package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.rl.data.Recording;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.WholeFile;
import dev.kindred.vision.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a user from a world to an encoder of what is seen in it. */
class RlCommandsTest {
  private static final int FRAMES = 96;

  @TempDir static Path folder;
  private static Path play;
  private static Path other;
  private static Path run;

  @BeforeAll
  static void train() {
    play = record(1);
    other = record(2);
    run = pretrain("atc --steps 2");
  }

  private static Path record(int seed) {
    Path file = folder.resolve(seed + ".safetensors");
    Command.run(
            "record",
            "--env",
            "cartpole",
            "--size",
            16,
            "--frames",
            FRAMES,
            "--seed",
            seed,
            "--out",
            file)
        .succeeded();
    return file;
  }

  /** A run by a method and its options. */
  private static Path pretrain(String method) {
    Path out = folder.resolve(method.split(" ", 2)[0]);
    String arguments =
        "pretrain rl --data %s --encoder curl --epochs 1 --batch-size 16 --together 4 --dimension 8 --out %s --method %s"
            .formatted(play, out, method);
    Command.run((Object[]) arguments.split(" ")).succeeded();
    return out;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl",
        "temporal --steps 3 --projector-layers 1",
        "spr --steps 2",
        "byol --projector 16-8 --predictor 16-8",
        "vicreg --projector 16-16"
      })
  void everyMethodTrainsAnEncoderThatEmbeds(String method) {
    Embeddings embeddings = embed(pretrain(method), method.split(" ", 2)[0]);

    assertThat(embeddings.size()).isEqualTo(FRAMES);
    assertThat(embeddings.dimension()).isEqualTo(8);
    assertThat(embeddings.vectors()[0]).isNotEqualTo(embeddings.vectors()[FRAMES - 1]);
  }

  private static Embeddings embed(Path model, String name) {
    Path out = folder.resolve(name + ".npy");
    Command embed =
        Command.run("embed", "rl", "--model", model, "--data", play, "--out", out).succeeded();
    assertThat(embed.out()).startsWith(FRAMES + " observations, 8 numbers each");
    return EmbeddingFiles.read(out);
  }

  @Test
  void idsSayWhichStepOfWhichEpisode() {
    try (Recording recording = Recording.open(play)) {
      int first = recording.episodes().get(0).frames();

      List<String> ids = embed(run, "ids").ids();

      assertThat(ids).startsWith("0:0", "0:1");
      assertThat(ids.get(first - 1)).isEqualTo("0:" + (first - 1));
      assertThat(ids.get(first)).isEqualTo("1:0");
    }
  }

  @Test
  void aRunWithoutItsEncoderIsGoneOnWithToTheSameOne() {
    float[][] before = embed(run, "before").vectors();
    WholeFile.delete(run.resolve("encoder"));

    Command.run("resume", run).succeeded();

    assertThat(embed(run, "after").vectors()).isDeepEqualTo(before);
    assertThat(Command.run("resume", run).succeeded().out()).contains("finished already");
  }

  @Test
  void playThatIsRecordedForARunIsBesideIt() {
    Path out = folder.resolve("played");
    String options =
        "pretrain rl --env cartpole --size 16 --encoder curl --frames 40 --epochs 1 --batch-size 8 --together 4 --out ";

    Command.run((Object[]) (options + out).split(" ")).succeeded();

    Path recorded = folder.resolve("played-play.safetensors");
    try (Recording recording = Recording.open(recorded)) {
      assertThat(recording.size()).isEqualTo(40);
    }
    assertThat(Json.read(out.resolve("config.json")).get("origin"))
        .extracting("options")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("data", recorded.toString());
  }

  @Test
  void evaluateStateEndsWithTheScoresAsJson() {
    Command state =
        Command.run("evaluate", "state", "--model", run, "--train", play, "--test", other, "--json")
            .succeeded();

    Map<String, Object> scores = Json.parse(state.lastLine());
    assertThat(scores)
        .containsEntry("measure", "state")
        .containsKeys("trained", "untrained", "pixels", "gap_closed");
    assertThat(state.out().lines().findFirst())
        .hasValueSatisfying(
            line ->
                assertThat(line.strip().split(" +"))
                    .containsExactly("R2", "trained", "untrained", "pixels"));
  }

  @Test
  void picturesOfAnotherSizeAreRefusedByName() {
    Path small = folder.resolve("small.safetensors");
    Command.run("record", "--env", "cartpole", "--size", 12, "--frames", 8, "--out", small)
        .succeeded();
    String refusal =
        "kindred: %s: pictures must be [3, 16, 16], as the encoder was trained on, are [3, 12, 12]; record with --size 16%n"
            .formatted(small);

    Command embed =
        Command.run("embed", "--model", run, "--data", small, "--out", folder.resolve("small.npy"));
    Command state =
        Command.run("evaluate", "state", "--model", run, "--train", play, "--test", small);

    assertThat(embed.err()).isEqualTo(refusal);
    assertThat(state.err()).isEqualTo(refusal);
    assertThat(state.exitCode()).isEqualTo(1);
  }

  @Test
  void whatMakesNoSenseOfObservationsIsRefused() {
    assertRefused(
        "search rl --model RUN --data PLAY --query x",
        "kindred search looks for images and texts, but this encoder is for observations; kindred"
            + " embed writes their vectors");
    assertRefused(
        "evaluate knn --model RUN --train PLAY --test PLAY",
        "observations have no classes to tell apart; kindred evaluate state measures this encoder");
    assertRefused(
        "export --model RUN --out x.safetensors",
        run.resolve("encoder")
            + ": is of observations, for which no other library has names; TensorFlow itself opens"
            + " this folder");
    assertRefused(
        "embed --model RUN --data PLAY --long cut --out x.npy",
        "--long is for texts, but this encoder is for observations; leave it out");
    assertRefused(
        "embed --model RUN --data PLAY --column a --out x.npy",
        "--column is for texts, but this is about observations; leave it out");
  }

  private static void assertRefused(String arguments, String message) {
    String given = arguments.replace("RUN", run.toString()).replace("PLAY", play.toString());
    Command command = Command.run((Object[]) given.split(" "));
    assertThat(command.err()).isEqualTo("kindred: " + message + System.lineSeparator());
    assertThat(command.exitCode()).isEqualTo(2);
  }

  @Test
  void reportHasTheCurves() {
    Command.run("report", run).succeeded();

    assertThat(run.resolve("report.html"))
        .content()
        .contains("atc on 1.safetensors", "loss", "kindred version");
  }

  @Test
  void viewsAreDrawnBesideTheirPictures() throws IOException {
    Path out = folder.resolve("views.png");

    Command.run("views", "rl", "--data", play, "--views", "none", "--rows", 2, "--out", out)
        .succeeded();

    Image grid = Image.read(out);
    // Two rows of a picture and six views, each 96 wide with 4 between; none changes nothing.
    assertThat(grid.width()).isEqualTo(7 * 100 + 4);
    assertThat(grid.height()).isEqualTo(2 * 100 + 4);
    for (int x = 4; x < 100; x++) {
      assertThat(grid.sample(0, 60, 300 + x)).isEqualTo(grid.sample(0, 60, x));
    }
  }

  @Test
  void aFilmHasTheEpisodeThatARecordingOfThatSeedBeginsWith() throws IOException {
    Path film = folder.resolve("film.gif");
    Path everyStep = folder.resolve("every-step.safetensors");
    String options =
        "record --env cartpole --size 16 --frames 60 --seed 1 --repeat 1 --hold 4 --out";
    Command.run(List.of((options + " " + everyStep).split(" ", -1)).toArray()).succeeded();

    Command played =
        Command.run("play", "--env", "cartpole", "--size", 16, "--seed", 1, "--out", film)
            .succeeded();

    try (Recording recording = Recording.open(everyStep);
        ImageInputStream in = ImageIO.createImageInputStream(film.toFile())) {
      int frames = recording.episodes().get(0).frames();
      assertThat(played.out())
          .isEqualTo(
              "return %d.0 in %d steps, ended when it was over: %s%n"
                  .formatted(frames - 1, frames - 1, film));
      ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(frames);
      Image last = Image.of(reader.read(frames - 1));
      assertThat(last.pixels()).isEqualTo(recording.frame(frames - 1).samples());
    }
    assertThat(new String(Files.readAllBytes(film), java.nio.charset.StandardCharsets.ISO_8859_1))
        .startsWith("GIF89a")
        .contains("NETSCAPE2.0");
  }

  @Test
  void theSameSeedMakesTheSameFilm() {
    for (String film : List.of("a.gif", "b.gif")) {
      Command.run(
              "play",
              "--env",
              "lunar-lander",
              "--size",
              16,
              "--distractors",
              "--steps",
              9,
              "--out",
              folder.resolve(film))
          .succeeded();
    }

    assertThat(folder.resolve("a.gif")).hasSameBinaryContentAs(folder.resolve("b.gif"));
  }

  @Test
  void theRulesLandAsAStripOfPicturesShows() {
    for (String world : List.of("lunar-lander", "lunar-lander-continuous")) {
      Path strip = folder.resolve("strip.png");

      Command played =
          Command.run(
                  "play",
                  "--env",
                  world,
                  "--policy",
                  "pilot",
                  "--size",
                  8,
                  "--grey",
                  "--out",
                  strip)
              .succeeded();

      String earned = played.out().split(" ", 3)[1];
      assertThat(Double.parseDouble(earned)).as(world).isGreaterThan(150);
      // Six columns of 96 with 4 between, and as many rows as 13 to 25 pictures need.
      assertThat(Image.read(strip).width()).isEqualTo(6 * 100 + 4);
      assertThat(Image.read(strip).height()).isBetween(3 * 100 + 4, 5 * 100 + 4);
    }
  }
}
