package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.Json;
import dev.kindred.vision.Image;
import dev.kindred.vision.ImageEmbedder;
import dev.kindred.vision.data.GeneratedShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a user: a folder of pictures, a training, and what is done with its encoder. */
class ImageCommandsTest {
  private static final int PICTURES = 60;

  @TempDir static Path folder;
  private static Path photos;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    photos = folder.resolve("photos");
    writeShapes(photos, PICTURES, 7);
    Files.writeString(photos.resolve("class0/broken.png"), "<html>not found</html>");
    run = folder.resolve("run");
    Path config = Files.writeString(folder.resolve("run.yaml"), "epochs: 9\nbatch-size: 10\n");
    Command.run(
            "pretrain",
            "images",
            "--config",
            config,
            "--data",
            photos,
            "--image-size",
            32,
            "--width",
            4,
            "--epochs",
            2,
            "--out",
            run)
        .succeeded();
  }

  private static void writeShapes(Path folder, int count, long seed) throws IOException {
    GeneratedShapes shapes = GeneratedShapes.of(count, 32, seed);
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("class%d/%03d.png".formatted(shapes.label(i) % 3, i));
      Files.createDirectories(file.getParent());
      ImageIO.write(shapes.get(i).toBufferedImage(), "png", file.toFile());
    }
  }

  @Test
  void aRunKeepsAllThatWasSettled() {
    Map<String, Object> config = Json.read(run.resolve("config.json"));

    assertThat(config).containsEntry("epochs", 2).containsEntry("batchSize", 10);
    assertThat(config.get("origin"))
        .extracting("options")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("data", photos.toAbsolutePath().toString())
        .containsEntry("lr", 0.0046875)
        .containsEntry("canvas", 64)
        .containsEntry("per-epoch", true)
        .containsEntry("knn", true);
    assertThat(run.resolve("metrics.jsonl")).content().contains("\"knn_accuracy\"");
    assertThat(run.resolve("skipped.tsv")).content().contains("class0/broken.png");
  }

  @Test
  void aFreshProgramEmbedsWhatEmbedWrote() throws Exception {
    Path out = folder.resolve("fresh.npy");
    Command.run("embed", "--model", run, "--data", photos, "--out", out).succeeded();
    Path errors = folder.resolve("fresh.err");

    Process program =
        JavaProcess.start(
            FreshEmbedder.class, List.of(run.resolve("encoder"), photos, out), errors);

    int exitCode = program.waitFor();
    assertThat(exitCode).as(Files.readString(errors)).isZero();
  }

  @Test
  void embedWritesWhatTheLibraryEmbeds() {
    Path out = folder.resolve("photos.npy");

    Command command =
        Command.run("embed", "--model", run, "--data", photos, "--out", out).succeeded();

    assertThat(command.out()).contains("60 images", "skipped 1", "photos.skipped.tsv");
    assertThat(folder.resolve("photos.skipped.tsv")).content().contains("class0/broken.png\t");
    Embeddings embeddings = EmbeddingFiles.read(out);
    assertThat(embeddings.classNames()).containsExactly("class0", "class1", "class2");
    try (ImageEmbedder embedder = ImageEmbedder.load(run.resolve("encoder"))) {
      Path picture = photos.resolve(embeddings.ids().get(17));
      assertThat(embedder.embed(picture)).containsExactly(embeddings.vectors()[17], within(1e-5f));
    }
  }

  @Test
  void otherSetsAreClassifiedBesideWhatHasNotLearned() throws IOException {
    Path task = folder.resolve("task");
    writeShapes(task.resolve("train"), 40, 1);
    writeShapes(task.resolve("test"), 40, 2);

    Command command =
        Command.run("evaluate", "transfer", "--model", run, "--task", task, "--json").succeeded();

    assertThat(command.out().lines().anyMatch(line -> line.matches("trained +[01]\\..*"))).isTrue();
    assertThat(Json.parse(command.lastLine()))
        .containsKeys("trained", "untrained", "raw pixels")
        .extractingByKey("trained", org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsKeys("task", "mean_rank");
    Path tuned = folder.resolve("tuned");
    Command fineTune =
        Command.run(
                "evaluate",
                "fine-tune",
                "--model",
                run,
                "--train",
                task,
                "--test",
                task,
                "--batch-size",
                10,
                "--epochs",
                2,
                "--out",
                tuned,
                "--json")
            .succeeded();
    assertThat(fineTune.out()).contains("weights: 100 tensors taken over");
    assertThat(Json.parse(fineTune.lastLine()))
        .containsEntry("measure", "fine-tune")
        .containsEntry("count", 40)
        .containsEntry("train_count", 40);
  }

  @Test
  void evaluateEndsWithTheMetricsAsJson() {
    Path out = folder.resolve("bank.npy");
    Command.run("embed", "images", "--model", run, "--data", photos, "--out", out).succeeded();

    Command knn =
        Command.run(
                "evaluate",
                "knn",
                "--train-embeddings",
                out,
                "--test-embeddings",
                out,
                "-k",
                1,
                "--json")
            .succeeded();
    Command linear =
        Command.run(
                "evaluate", "linear", "--train-embeddings", out, "--test-embeddings", out, "--json")
            .succeeded();

    // Every row is its own nearest neighbour.
    assertThat(Json.parse(knn.lastLine()))
        .containsEntry("accuracy", 1.0)
        .containsEntry("count", PICTURES)
        .containsEntry("k", 1);
    assertThat(knn.out()).contains("class0  1.0000  of ").contains("accuracy 1.0000 of 60");
    assertThat(
            (double)
                java.util.Objects.requireNonNull(Json.parse(linear.lastLine()).get("accuracy")))
        .isBetween(0.34, 1.0);
  }

  @Test
  void evaluateTakesTheSplitsOfASource() {
    Command knn =
        Command.run(
                "evaluate",
                "knn",
                "--model",
                run,
                "--train",
                "shapes:80",
                "--test",
                "shapes:80",
                "--json")
            .succeeded();

    assertThat(Json.parse(knn.lastLine()))
        .containsEntry("count", 20)
        .containsEntry("train_count", 80);
  }

  @Test
  void evaluateRefusesToTestOnWhatItLearned() {
    Command same =
        Command.run("evaluate", "knn", "--model", run, "--train", photos, "--test", photos);

    assertThat(same.exitCode()).isEqualTo(2);
    assertThat(same.err())
        .startsWith("kindred: --train and --test must differ, but both are folder " + photos)
        .hasLineCount(1);
  }

  @Test
  void measuresOfTextsRefuseAnImageEncoder() {
    String refusal =
        "kindred: %s: an encoder of domain image cannot be used for domain text; use an encoder trained on that domain%n"
            .formatted(run.resolve("encoder"));
    for (String options : List.of("retrieval --data", "sts --test")) {
      Command refused =
          Command.run(
              (Object[]) "evaluate %s %s --model %s".formatted(options, photos, run).split(" "));

      assertThat(refused.err()).isEqualTo(refusal);
      assertThat(refused.exitCode()).isEqualTo(1);
    }
    assertThat(Command.run("evaluate", "transfer", "--model", run, "--tasks", photos).err().strip())
        .isEqualTo(
            "kindred: this encoder is for images; give --task SRC for each task, and nothing for texts");
    Command columns =
        Command.run(
            "evaluate", "knn", "--model", run, "--train", photos, "--test", "x", "--label", "y");
    assertThat(columns.err())
        .isEqualTo(
            "kindred: --column and --label are for texts, but this encoder is for images; leave them out%n"
                .formatted());
  }

  @Test
  void searchFindsThePictureItselfFirst() {
    Command search =
        Command.run(
                "search",
                "--model",
                run.resolve("encoder"),
                "--data",
                photos,
                "--query",
                photos.resolve("class1/001.png"),
                "-k",
                3)
            .succeeded();

    assertThat(search.out().lines())
        .hasSize(3)
        .first()
        .asString()
        .isEqualTo("   1  1.0000  class1/001.png");
  }

  @Test
  void anIndexFindsWhatItWasMadeOf() {
    Path index = folder.resolve("index");
    Path picture = photos.resolve("class1/001.png");
    Command made =
        Command.run("index", "--model", run, "--data", photos, "--out", index).succeeded();
    assertThat(made.out())
        .startsWith("skipped 1 that cannot be read; the first is class0/")
        .contains("60 vectors, ", "60 of them added in ");

    Command search =
        Command.run("search", "--index", index, "--model", run, "--query", picture, "-k", 2)
            .succeeded();

    assertThat(search.out().lines()).hasSize(2).first().isEqualTo("   1  1.0000  class1/001.png");
  }

  @Test
  void picturesOfTheSameClassAreLookedForWithinASet() {
    Command found =
        Command.run("evaluate", "retrieval", "--model", run, "--within", photos, "--json")
            .succeeded();

    assertThat(found.out()).startsWith("recall@1   recall@5   recall@10  precision@1  ");
    assertThat(Json.parse(found.lastLine()))
        .containsEntry("count", PICTURES)
        .containsEntry("corpus_count", PICTURES)
        .containsEntry("measure", "retrieval")
        .containsKeys("recall@10", "precision@10", "r_precision", "map", "map@r", "mrr", "ndcg@10");
  }

  @Test
  void viewsDrawsAGrid() throws IOException {
    Path out = folder.resolve("views.png");

    Command.run(
            "plot",
            "--data",
            photos.resolve("class1"),
            "--image-size",
            32,
            "--rows",
            2,
            "--out",
            out)
        .succeeded();

    assertThat(Image.read(out).width()).isGreaterThan(Image.read(out).height());
  }

  @Test
  void reportIsOneFileWithTheAccuracies() {
    Command.run("report", run).succeeded();

    assertThat(run.resolve("report.html"))
        .content()
        .contains("raw pixels", "untrained encoder", "trained encoder", "data:image/png;base64");
  }

  @Test
  void reportHasTheConfusionsAndTheNumbersAsJson() {
    Path page = folder.resolve("page.html");
    assertThat(Command.run("report", run, "--out", page).succeeded().lastLine())
        .isEqualTo(page.toString());

    assertThat(page).content().contains("<h2>Confusions</h2>", "t-SNE");
    Map<String, Object> numbers = Json.read(folder.resolve("page.json"));
    assertThat(numbers).containsEntry("format", 1).containsKeys("facts", "sections", "not_finite");
  }

  @Test
  void severalRunsAreSetSideBySideWhateverTheyLack() throws IOException {
    Path bare = Files.createDirectories(folder.resolve("bare"));
    Files.writeString(bare.resolve("config.json"), "{}");
    Path page = folder.resolve("runs.html");

    Command.run("report", run, bare, "--out", page).succeeded();

    assertThat(page)
        .content()
        .contains(
            "2 runs side by side",
            "kNN accuracy",
            "bare</th><td>not finished: there is no encoder in it yet",
            "bare</th><td>no settings: the run was started by another program than kindred",
            "bare</th><td>no metrics: ");
    assertThat(folder.resolve("runs.json")).content().contains("\"linear accuracy\" : [ ");
  }

  @Test
  void aPageOfSeveralRunsNeedsAName() {
    Command command = Command.run("report", run, run);
    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err())
        .contains("--out must be given for several runs: the page to write, such as runs.html");
  }

  @Test
  void reportShowsWhatTheRunWarnedOf() throws IOException {
    Files.writeString(
        run.resolve("metrics.jsonl"),
        "{\"type\":\"warning\",\"step\":3,\"message\":\"all <b>alike</b>\"}\n",
        StandardOpenOption.APPEND);

    Command.run("report", run).succeeded();

    assertThat(run.resolve("report.html"))
        .content()
        .contains("Warning at step 3</b> all &lt;b&gt;alike&lt;/b&gt;");
  }

  @Test
  void aFinishedRunIsNotGoneOnWith() {
    Command resume = Command.run("resume", run).succeeded();

    assertThat(resume.out()).contains("finished already", run.resolve("encoder").toString());
  }

  @Test
  void aRunOfAnotherProgramIsNotGoneOnWith() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("config.json"), "{\"origin\": {}}");

    Command resume = Command.run("resume", other);

    assertThat(resume.exitCode()).isEqualTo(1);
    assertThat(resume.err()).contains("was not started by kindred pretrain images").hasLineCount(1);
  }

  @Test
  void strictStopsAtAPictureThatCannotBeRead() {
    Command strict =
        Command.run(
            "pretrain",
            "images",
            "--data",
            photos,
            "--image-size",
            32,
            "--width",
            4,
            "--epochs",
            1,
            "--batch-size",
            10,
            "--strict",
            "--no-knn",
            "--out",
            folder.resolve("strict"));

    assertThat(strict.exitCode()).isEqualTo(1);
    assertThat(strict.err()).contains("class0/broken.png: not an image").hasLineCount(1);
  }
}
