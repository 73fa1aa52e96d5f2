package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with commands about observations is said in one line, and nothing is written. */
class RlWrongUsageTest {
  private static final String WORLDS =
      "cartpole, lunar-lander, lunar-lander-continuous, bipedal-walker, car-racing";
  private static final String TRAIN =
      "pretrain rl --data FOLDER/play.st --encoder curl --out FOLDER/never";

  @TempDir static Path folder;

  @BeforeAll
  static void record() throws IOException {
    Path play = folder.resolve("play.st");
    Command.run("record", "--env", "cartpole", "--size", 16, "--frames", 60, "--out", play)
        .succeeded();
    byte[] whole = Files.readAllBytes(play);
    Files.write(folder.resolve("other.st"), whole);
    Files.write(folder.resolve("cut.st"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(folder.resolve("text.st"), "not a recording, but long enough for a header");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "record --out FOLDER/never | --env must be given: one of " + WORLDS,
        "record --env cartpol --out FOLDER/never | world must be one of "
            + WORLDS
            + ", was cartpol",
        "record --env cartpole | missing required option: '--out=FILE'; see kindred record --help",
        "record --env cartpole --frames 1 --out FOLDER/never | frames must be >= 2, was 1",
        "record --env cartpole --hold 0 --out FOLDER/never | held steps must be >= 1, was 0",
        "record --env cartpole --size 0 --out FOLDER/never | --size must be 1 to 1024, was 0",
        "play --out FOLDER/never.gif | --env must be given: one of " + WORLDS,
        "play --env pong --out FOLDER/never.gif | world must be one of " + WORLDS + ", was pong",
        "play --env cartpole --size 2000 --out FOLDER/never.gif | --size must be 1 to 1024, was 2000",
        "play --env cartpole --steps 0 --out FOLDER/never.gif | --steps must be >= 1, was 0",
        "play --env cartpole --out FOLDER/never.jpg | --out must end in .gif, for what moves, or in"
            + " .png, for a strip of pictures, was FOLDER/never.jpg",
        "play --env cartpole --policy pilot --out FOLDER/never.gif | --policy pilot flies"
            + " lunar-lander and lunar-lander-continuous, not cartpole; leave it out",
        "play --env lunar-lander --policy pilot --hold 2 --out FOLDER/never.gif | --hold is for"
            + " --policy random; leave it out",
        "pretrain rl --out FOLDER/never | --env must be given: one of " + WORLDS,
        TRAIN + " --env cartpole | --env plays what --data has recorded already; leave one out",
        TRAIN
            + " --method imix | --method imix is for images, not for observations; kindred methods"
            + " lists the others",
        TRAIN
            + " --method tsdae | --method tsdae is for texts, not for observations; kindred methods"
            + " lists the others",
        TRAIN + " --method curl --steps 3 | --steps is not an option of method curl; leave it out",
        TRAIN + " --method atc --steps 0 | steps between views must be >= 1, was 0",
        TRAIN
            + " --method atc --steps 500 --batch-size 16 | FOLDER/play.st: an episode must have"
            + " more than 500 steps for pairs that are 500 apart, the longest has LONGEST; take pairs"
            + " that are closer, or record longer episodes",
        TRAIN
            + " --batch-size 64 | batch size must be at most the number of examples, was 64 for 60"
            + " examples; use a smaller batch or more data",
        TRAIN + " --batch-size 40 | --batch-size must be a multiple of --together, 16, was 40",
        TRAIN + " --stack 0 | --stack must be >= 1, was 0",
        "pretrain rl --data FOLDER/play.st --out FOLDER/never"
            + " --encoder curll | unknown observation encoder \"curll\"; did you mean curl? known:"
            + " curl, mid, nature",
        TRAIN
            + " --views simclr | unknown view \"simclr\"; known: shift, shift2, crop, intensity,"
            + " jitter, grey, cutout, cutout-colour, convolution",
        "pretrain rl --env cartpole --frames 50 --out FOLDER/never | --frames must be at least"
            + " --batch-size, 256, was 50",
        "evaluate state --model m --train FOLDER/play.st --test FOLDER/play.st | --train and --test"
            + " must differ, but both are FOLDER/play.st; record another with another --seed",
        "views text --data FOLDER/play.st --out FOLDER/never.png | views of texts cannot be drawn;"
            + " leave text out, or give rl",
        "views rl --data FOLDER/play.st --rows 0 --out FOLDER/never.png | --rows must be >= 1, was 0",
        "views rl --data FOLDER/play.st --image-size 9 --out FOLDER/never.png | --image-size is for"
            + " images, and a recording's pictures have theirs; leave it out",
        "views rl --data FOLDER/play.st --split test --out FOLDER/never.png | --split is for images,"
            + " but this is about observations; leave it out",
      })
  void ofOptionsNamesTheFix(String arguments, String message) {
    Command command = run(arguments);

    assertThat(errors(command).replaceAll("longest has \\d+;", "longest has LONGEST;"))
        .isEqualTo("kindred: " + message + System.lineSeparator());
    assertThat(command.exitCode()).isEqualTo(2);
    assertNothingWritten();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "record --env cartpole --frames 20 --out FOLDER/play.st/x | FOLDER/play.st/x: cannot be"
            + " written, for a file is where its folder should be; choose another folder",
        "record --env cartpole --frames 20 --out FOLDER | FOLDER: cannot be written",
        "play --env cartpole --out FOLDER/play.st/x.gif | FOLDER/play.st/x.gif: cannot be written",
        "pretrain rl --data FOLDER/none.st --out FOLDER/never | FOLDER/none.st: does not exist",
        "pretrain rl --data FOLDER/cut.st --out FOLDER/never | FOLDER/cut.st: \"frames\": must end",
        "pretrain rl --data FOLDER/text.st --out FOLDER/never | FOLDER/text.st: the header must be",
        "pretrain rl --data FOLDER/play.st --encoder curl --out FOLDER | FOLDER: a run needs a new or empty folder",
        TRAIN + " --method supcon --batch-size 16 | method supcon needs labels",
        "evaluate state --model FOLDER/none --train FOLDER/play.st --test FOLDER/other.st |"
            + " FOLDER/none: not a saved encoder",
        "views rl --data FOLDER/cut.st --out FOLDER/never.png | FOLDER/cut.st: \"frames\": must end",
        "resume FOLDER | FOLDER: not a run",
      })
  void ofFilesNamesTheFile(String arguments, String message) {
    Command command = run(arguments);

    assertThat(errors(command)).startsWith("kindred: " + message).hasLineCount(1);
    assertThat(command.exitCode()).isBetween(1, 2);
    assertNothingWritten();
  }

  @Test
  void aDemoLeavesRecordingsAloneThatAreThere() throws IOException {
    Path there = Files.writeString(folder.resolve("demo-test.safetensors"), "mine");

    Command demo = run("demo rl --quick --out FOLDER/demo");

    assertThat(demo.err())
        .isEqualTo(
            "kindred: %s: exists already, and is recorded anew; delete it, or choose another --out%n"
                .formatted(there));
    assertThat(demo.exitCode()).isEqualTo(2);
    assertThat(there).hasContent("mine");
  }

  private static Command run(String arguments) {
    return Command.run((Object[]) arguments.replace("FOLDER", folder.toString()).split(" "));
  }

  private static String errors(Command command) {
    return command.err().replace(folder.toString(), "FOLDER");
  }

  private static void assertNothingWritten() {
    assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith("never"));
  }
}
