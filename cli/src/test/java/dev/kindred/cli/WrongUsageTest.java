package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongUsageTest {
  private static final String TRAIN = "pretrain images --data shapes:40 --out never";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "pretain | unknown command \"pretain\"; did you mean pretrain? known: demo, play, record,"
            + " shard, pretrain, resume, embed, export, evaluate, index, search, views, tokenizer, report, doctor, methods, losses,"
            + " encoders",
        "pretrain imges | unknown command \"imges\"; did you mean images? known: images, text, rl",
        "demo image | unknown domain \"image\"; did you mean images? known: images, text, rl",
        TRAIN
            + " --epohcs 3 | unknown option --epohcs; did you mean --epochs?; see kindred pretrain"
            + " images --help",
        TRAIN
            + " --method simlcr | unknown method \"simlcr\"; did you mean simclr? known: simclr,"
            + " simcse, simcse-queue, pair-contrast, triplet-contrast, graded-pairs, tsdae, moco, mocov3,"
            + " byol, simsiam, swav, barlow-twins, vicreg, dino, nnclr, imix, mixco, curl, atc, temporal, spr,"
            + " cross-entropy, supcon",
        TRAIN + " --queue 64 | --queue is not an option of method simclr; leave it out",
        TRAIN
            + " --method byol --projector 64- | --projector must be widths with hyphens between"
            + " them, such as 512-128; was 64-",
        TRAIN
            + " --method byol --projector 64-32 --predictor 64 | the last width of the predictor"
            + " must be 32, as the projector's, was 64",
        TRAIN
            + " --method tsdae | --method tsdae is for texts, not for images; kindred methods lists"
            + " the others",
        "pretrain text --data paraphrases:40 --out never --method imix | --method imix is for"
            + " images, not for texts; kindred methods lists the others",
        TRAIN + " --method moco --ema 2 | momentum must be in [0, 1], was 2.0",
        TRAIN
            + " --encoder vit-tiny --width 16 | --width and --stem are options of ResNets, not of"
            + " vit-tiny; leave them out",
        TRAIN
            + " --encoder resnet81 | unknown encoder \"resnet81\"; did you mean resnet18? known:"
            + " resnet18, resnet34, resnet50, vit-tiny, vit-small",
        TRAIN
            + " --optimizer sdg | unknown optimizer \"sdg\"; did you mean sgd? known: sgd, adamw,"
            + " lars, lamb",
        TRAIN
            + " --precision float8 | unknown precision \"float8\"; did you mean float32? known:"
            + " float32, bfloat16, float16",
        TRAIN + " --lr NaN | learning rate must be finite and > 0, was NaN",
        TRAIN + " --epochs 0 | epochs must be >= 1, was 0",
        TRAIN
            + " --batch-size 41 | batch size must be at most the number of examples, was 41 for 40"
            + " examples; use a smaller batch or more data",
        TRAIN
            + " --epochs x | invalid value for option '--epochs': 'x' is not an int; see kindred"
            + " pretrain images --help",
        TRAIN
            + " --optimizer adamw --momentum 0.9 | --momentum is for sgd and lars, but --optimizer"
            + " is adamw; leave one out",
        "pretrain images --out never | --data must be given: a folder of images, tar:GLOB, or cifar10:DIR",
        "pretrain images --data shapes:40 | missing required option: '--out=RUN'; see kindred"
            + " pretrain images --help",
        "pretrain images --data cifar11:x --out never | unknown source \"cifar11\"; did you mean"
            + " cifar10? known: cifar10, cifar100, mnist, shapes, tar, or a folder of images",
        "pretrain images --data shapes:1 --out never | shapes:N needs a whole number from 4 to"
            + " 99999999, was \"1\"",
        "embed --model m --data d --out e.txt | e.txt: the name of a file of vectors must end in .npy",
        TRAIN
            + " --partial-weights | --partial-weights is for --weights FILE.safetensors; leave it"
            + " out",
        TRAIN
            + " --weights runs/a/encoder --partial-weights | --partial-weights is for --weights"
            + " FILE.safetensors; leave it out",
        TRAIN
            + " --weights pom.xml | --weights must be the folder of a saved encoder, or a file that"
            + " ends in .safetensors, was pom.xml",
        "resume run --weights a.safetensors | unknown option --weights; see kindred resume --help",
        "search --model m --data d --query q -k 0 | -k must be >= 1, was 0",
        "evaluate knn -k 0 | k must be >= 1, was 0",
        "evaluate knn --model m | --model, --train and --test must be given, or --train-embeddings"
            + " and --test-embeddings",
        "evaluate knn --model m --test-embeddings x.npy --train-embeddings y.npy | give either"
            + " --model, --train and --test, or --train-embeddings and --test-embeddings",
        "resume | missing required parameter: 'RUN'; see kindred resume --help",
        "methods x | kindred methods takes no argument \"x\"; see kindred methods --help",
      })
  void isOneLineThatNamesTheFix(String arguments, String message) {
    Command command = Command.run((Object[]) arguments.split(" "));

    assertThat(command.err()).isEqualTo("kindred: " + message + System.lineSeparator());
    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(Path.of("never")).doesNotExist();
  }

  @Test
  void ofAnUnknownPresetNamesThePresets() {
    Command command = Command.run((Object[]) (TRAIN + " --views simcrl").split(" "));

    assertThat(command.err()).startsWith("kindred: ").contains("simclr", "simcrl").hasLineCount(1);
    assertThat(command.exitCode()).isEqualTo(2);
  }

  @Test
  void ofASettingInAFileNamesTheFileAndTheNearestKey() throws IOException {
    Path config = Files.writeString(folder.resolve("run.yaml"), "batch-sise: 16\n");

    Command command = train("--config", config);

    assertThat(command.err())
        .startsWith(
            "kindred: "
                + config
                + ": unknown setting \"batch-sise\"; did you mean batch-size? known:")
        .hasLineCount(1);
    assertThat(command.exitCode()).isEqualTo(2);
  }

  @Test
  void ofAFileThatIsNoYamlNamesTheFile() throws IOException {
    Path config = Files.writeString(folder.resolve("run.yaml"), "epochs: [1\n");

    Command command = train("--config", config);

    assertThat(command.err()).startsWith("kindred: " + config + ": must be YAML").hasLineCount(1);
    assertThat(command.exitCode()).isEqualTo(2);
  }

  @Test
  void theCommandLineWinsOverTheFile() throws IOException {
    Path config = Files.writeString(folder.resolve("run.yaml"), "epochs: 0\n");

    // The file is read: its value is what is refused.
    assertThat(train("--config", config).err()).contains("epochs must be >= 1, was 0");
    // The command line wins over it.
    assertThat(train("--config", config, "--epochs", -1).err()).contains(">= 1, was -1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resume FOLDER/none",
        "report FOLDER/none",
        "embed --model FOLDER/none --data shapes:40 --out FOLDER/x.npy",
        "search --model FOLDER/none --data shapes:40 --query FOLDER/x.png",
        "evaluate linear --train-embeddings FOLDER/x.npy --test-embeddings FOLDER/y.npy",
        "pretrain images --data FOLDER/none --image-size 32 --out FOLDER/run",
        "export --model FOLDER/none --out FOLDER/x.safetensors",
        "pretrain images --data shapes:40 --batch-size 8 --width 1 --weights FOLDER/none --out"
            + " FOLDER/run",
        "pretrain images --data shapes:40 --batch-size 8 --width 1 --weights"
            + " FOLDER/none.safetensors --out FOLDER/run",
        "pretrain images --data shapes:40 --config FOLDER/none.yaml --out FOLDER/run",
        "views --data cifar10:FOLDER --out FOLDER/x.png",
      })
  void whatIsNotThereIsNamedInOneLine(String arguments) {
    Command command =
        Command.run((Object[]) arguments.replace("FOLDER", folder.toString()).split(" "));

    assertThat(command.err()).startsWith("kindred: " + folder).hasLineCount(1);
    assertThat(command.exitCode()).isEqualTo(1);
  }

  @Test
  void aRunThatIsThereAlreadyIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");

    Command command =
        Command.run(
            "pretrain",
            "images",
            "--data",
            "shapes:40",
            "--width",
            1,
            "--batch-size",
            8,
            "--out",
            folder);

    assertThat(command.err()).contains(folder + ": a run needs a new or empty folder");
    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(folder).isDirectoryContaining("glob:**notes.txt");
  }

  @Test
  void aDemoIntoAFullFolderAsksForAnother() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");

    Command command = Command.run("demo", "--quick", "--out", folder);

    assertThat(command.err())
        .isEqualTo(
            "kindred: %s: must be a new or empty folder, but holds something; choose another by --out%n"
                .formatted(folder));
    assertThat(command.exitCode()).isEqualTo(2);
  }

  @Test
  void stacktraceShowsWhereItCameFrom() {
    Command command = Command.run("resume", folder, "--stacktrace");

    assertThat(command.err()).contains("kindred: " + folder, "\tat dev.kindred.cli.");
    assertThat(command.exitCode()).isEqualTo(1);
  }

  private Command train(Object... more) {
    java.util.List<Object> all =
        new java.util.ArrayList<>(
            java.util.List.of("pretrain", "images", "--data", "shapes:40", "--out"));
    all.add(folder.resolve("run"));
    all.addAll(java.util.List.of(more));
    return Command.run(all.toArray());
  }
}
