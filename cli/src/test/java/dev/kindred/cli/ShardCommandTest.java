package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.Json;
import dev.kindred.vision.data.GeneratedShapes;
import dev.kindred.vision.data.TarImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a folder to shards, and from shards to an encoder. */
class ShardCommandTest {
  @TempDir static Path folder;
  private static Path photos;
  private static Path shards;

  @BeforeAll
  static void write() throws IOException {
    photos = folder.resolve("photos");
    GeneratedShapes shapes = GeneratedShapes.of(60, 32, 7);
    for (int i = 0; i < 60; i++) {
      Path file = photos.resolve("class%d/%03d.png".formatted(shapes.label(i) % 3, i));
      Files.createDirectories(file.getParent());
      Files.write(file, shapes.get(i).png());
    }
    Files.writeString(photos.resolve("class0/broken.png"), "<html>not found</html>");
    shards = folder.resolve("shards");
    Command made =
        Command.run("shard", "--data", photos, "--out", shards, "--shard-examples", 16).succeeded();
    assertThat(made.lastLine())
        .matches("4 shards, 61 examples, \\d+ bytes, \\d+ examples/s: tar:" + shards);
  }

  @Test
  void everyCommandTakesShardsWhereItTakesAFolder() {
    Path run = folder.resolve("run");
    String source = "tar:" + shards + "/shard-{000000..000003}.tar";
    List<Object> options =
        List.of("--image-size", 32, "--width", 2, "--epochs", 1, "--batch-size", 12, "--out", run);
    List<Object> arguments = new ArrayList<>(List.of("pretrain", "images", "--data", source));
    arguments.addAll(options);
    Command.run(arguments.toArray()).succeeded();

    Map<String, Object> config = Json.read(run.resolve("config.json"));
    assertThat(config).containsEntry("shuffleBuffer", 4096);
    assertThat(run.resolve("skipped.tsv")).content().contains("class0/broken\t");
    Path out = folder.resolve("shards.npy");
    assertThat(
            Command.run("embed", "--model", run, "--data", source, "--out", out).succeeded().out())
        .contains("60 images", "skipped 1");
    Embeddings tar = EmbeddingFiles.read(out);
    Path other = folder.resolve("photos.npy");
    Command.run("embed", "--model", run, "--data", photos, "--out", other).succeeded();
    Embeddings files = EmbeddingFiles.read(other);
    assertThat(tar.classNames()).isEqualTo(files.classNames());
    for (int i = 0; i < 60; i++) {
      int same = files.ids().indexOf(tar.ids().get(i) + ".png");
      assertThat(tar.labels()[i]).isEqualTo(files.labels()[same]);
      assertThat(tar.vectors()[i]).isEqualTo(files.vectors()[same]);
    }
    Command.run("evaluate", "knn", "--model", run, "--train", "tar:" + shards, "--test", source)
        .succeeded();
    assertThat(Command.run("resume", run).succeeded().out()).contains("finished already");
  }

  @Test
  void textsAreTrainedOnFromShards() throws IOException {
    Path lines = folder.resolve("lines.txt");
    Files.write(
        lines,
        Stream.iterate(0, i -> i + 1).limit(60).map(i -> "a sentence about number " + i).toList());
    Path texts = folder.resolve("texts");
    Command.run("shard", "text", "--data", lines, "--out", texts, "--shard-size", "20K")
        .succeeded();
    Path run = folder.resolve("text-run");

    Command.run(
            "pretrain",
            "text",
            "--data",
            "tar:" + texts,
            "--dimension",
            16,
            "--vocabulary",
            200,
            "--batch-size",
            12,
            "--epochs",
            1,
            "--shuffle-buffer",
            30,
            "--out",
            run)
        .succeeded();

    assertThat(Json.read(run.resolve("config.json"))).containsEntry("shuffleBuffer", 30);
    assertThat(
            Command.run(
                    "search",
                    "--model",
                    run,
                    "--data",
                    "tar:" + texts,
                    "--query",
                    "number 7",
                    "-k",
                    1)
                .succeeded()
                .lastLine())
        .contains("a sentence about number");
  }

  @Test
  void shardsAreCutAnewFromShards() {
    Path again = folder.resolve("again");
    Command.run(
            "shard", "--data", "tar:" + shards, "--out", again, "--shard-size", "1g", "--seed", 4)
        .succeeded();
    try (TarImages before = TarImages.open(shards.toString());
        TarImages after = TarImages.open(again.toString())) {
      assertThat(after.size()).isEqualTo(before.size());
      assertThat(after.stretches()).hasSize(1);
      assertThat(after.classNames()).isEqualTo(before.classNames());
    }
  }

  @Test
  void aCutShardIsOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(shards.resolve("shard-000000.tar"));
    Path cut = Files.write(folder.resolve("cut.tar"), Arrays.copyOf(whole, 5000));

    Command command =
        Command.run("shard", "--data", "tar:" + cut, "--out", folder.resolve("never"));

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.err()).startsWith("kindred: " + cut + ": cut short: ").hasLineCount(1);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "2 | shard --data shapes:8 --out D/n --seed 1 --in-order | --seed is for shuffling, which --in-order does not do; leave one out",
        "2 | shard --data shapes:8 --out D/n --shard-size 1M --shard-examples 4 | --shard-size and --shard-examples both say how large a shard is; leave one out",
        "2 | shard --data shapes:8 --out D/n --shard-size big | --shard-size must be a whole number of bytes, or one before K, M or G, such as 256M; was \"big\"",
        "2 | shard rl --data x --out D/n | recordings are one file each and are not cut into shards; leave rl out, or give text",
        "1 | shard --data shapes:8 --out D | D: shards need a new or empty folder, but",
        "1 | shard --data tar:D/none-*.tar --out D/n | D/none-*.tar: no file is called so; check the path, and that its shards end in .tar",
        "2 | pretrain images --data shapes:40 --shuffle-buffer 8 --out D/n | --shuffle-buffer is for tar shards, and other data are shuffled whole; leave it out",
        "2 | pretrain images --data tar:D/shards --out D/n | --image-size must be given for images of any size, such as 32, 64 or 224",
        "2 | pretrain text --data tar:D/shards --column text --out D/n | tar:D/shards: shards have no columns",
        "1 | pretrain text --data tar:D/shards --out D/n | D/shards/shard-000000.tar: holds no text; entries must be called .txt, but are .png"
      })
  void whatCannotBeIsSaidInOneLine(int exitCode, String line, String message) {
    Object[] arguments =
        line.replace("D/", folder + "/").replaceAll("D$", folder.toString()).split(" ", -1);
    Command command = Command.run(arguments);

    assertThat(command.err())
        .startsWith("kindred: " + message.replaceAll("\\bD\\b", folder.toString()))
        .hasLineCount(1);
    assertThat(command.exitCode()).isEqualTo(exitCode);
    assertThat(folder.resolve("n")).doesNotExist();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void ctrlCLeavesNothingBehind() throws Exception {
    Path place = Files.createDirectory(folder.resolve("stopped"));
    Path errors = folder.resolve("stopped.err");
    Process process =
        JavaProcess.start(
            Kindred.class,
            List.of(
                "shard",
                "--data",
                "shapes:200000",
                "--out",
                place.resolve("out"),
                "--shard-examples",
                50),
            errors);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (isEmpty(place) && process.isAlive() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).start().waitFor();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(Files.readString(errors)).contains("kindred: stopped; nothing is written: ");
    assertThat(isEmpty(place)).isTrue();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }
}
