package dev.kindred.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardWriterTest {
  private static final ShardContent TEXTS = new ShardContent("text", Set.of("txt"), 1 << 20);

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadAgain() {
    Notes notes = Notes.of(100);
    ShardWriter.Written written =
        ShardWriter.shuffled(3)
            .mostExamples(30)
            .write(folder.resolve("out"), notes, notes, () -> {});

    assertThat(written.shards()).isEqualTo(4);
    assertThat(written.examples()).isEqualTo(100);
    try (TarShards shards = TarShards.open(folder + "/out/shard-{000000..000003}.tar", TEXTS)) {
      assertThat(shards.stretches()).containsExactly(0, 30, 60, 90);
      assertThat(shards.classNames()).containsExactly("even", "odd");
      List<Integer> order =
          IntStream.range(0, 100)
              .map(i -> Integer.parseInt(shards.key(i).substring(5)))
              .boxed()
              .toList();
      assertThat(order)
          .doesNotHaveDuplicates()
          .hasSize(100)
          .isNotEqualTo(order.stream().sorted().toList());
      for (int i = 0; i < 100; i++) {
        int index = order.get(i);
        assertThat(shards.content(i)).isEqualTo(notes.encoded(index));
        assertThat(shards.label(i)).isEqualTo(notes.label(index));
      }
    }
  }

  @Test
  void equalSettingsGiveEqualBytesAndSeedsOtherOrders() throws IOException {
    Notes notes = Notes.of(50);
    Map<String, byte[]> first = files(write(ShardWriter.shuffled(1).mostBytes(20_000), notes, "a"));
    Map<String, byte[]> again = files(write(ShardWriter.shuffled(1).mostBytes(20_000), notes, "b"));
    Map<String, byte[]> other = files(write(ShardWriter.shuffled(2).mostBytes(20_000), notes, "c"));

    assertThat(first.keySet())
        .containsExactly(
            "classes.txt",
            "shard-000000.tar",
            "shard-000001.tar",
            "shard-000002.tar",
            "shard-000003.tar",
            "shard-000004.tar",
            "shard-000005.tar");
    assertThat(first.values()).allMatch(bytes -> bytes.length <= 20_000 + 1024);
    first.forEach((name, bytes) -> assertThat(again.get(name)).isEqualTo(bytes));
    assertThat(other.get("shard-000000.tar")).isNotEqualTo(first.get("shard-000000.tar"));
  }

  @Test
  void inOrderKeepsTheOrder() {
    write(ShardWriter.inOrder(), Notes.of(12), "out");
    try (TarShards shards = TarShards.open(folder + "/out", TEXTS)) {
      assertThat(IntStream.range(0, 12).mapToObj(shards::key))
          .containsExactlyElementsOf(IntStream.range(0, 12).mapToObj(i -> "note/" + i).toList());
    }
  }

  @Test
  void tarReadsWhatIsWrittenWhateverItsName() throws Exception {
    List<String> ids = List.of("a/" + "long".repeat(60) + ".txt", "ünï/cödé.txt", "plain.txt");
    write(ShardWriter.inOrder(), new Notes(ids, Set.of(), List.of()), "out");

    Process tar =
        new ProcessBuilder("tar", "-tf", folder.resolve("out/shard-000000.tar").toString()).start();
    assumeTrue(tar.waitFor() == 0);
    assertThat(new String(tar.getInputStream().readAllBytes(), UTF_8).lines())
        .hasSize(3)
        .contains("plain.txt");
    try (TarShards shards = TarShards.open(folder + "/out/*.tar", TEXTS)) {
      assertThat(shards.key(0)).isEqualTo("a/" + "long".repeat(60));
      assertThat(shards.key(1)).isEqualTo("ünï/cödé");
    }
  }

  @Test
  void idsThatCollideOrLeadElsewhereBecomeKeysOfTheirOwn() {
    List<String> ids =
        List.of(
            "../x.txt",
            "/etc/p.txt",
            "a.b.txt",
            "a_b.txt",
            "a_b-2.txt",
            "..",
            "c//d.TXT",
            ".h.txt",
            "",
            "C:\\w.txt",
            "n\nl");
    write(ShardWriter.inOrder(), new Notes(ids, Set.of(), List.of()), "out");

    try (TarShards shards = TarShards.open(folder + "/out", TEXTS)) {
      assertThat(IntStream.range(0, shards.size()).mapToObj(shards::key))
          .containsExactly(
              "__/x", "etc/p", "a_b", "a_b-2", "a_b-2-2", "__", "c/d", "_h", "_", "C__w", "n_l");
    }
  }

  @Property(tries = 300)
  void everyIdBecomesAKeyThatIsReadBack(@ForAll String id) {
    String key = ShardKeys.safe(id, "txt");
    String base = key.substring(key.lastIndexOf('/') + 1);
    assertThat(base).isNotEmpty().doesNotContain(".");
    assertThat(key).doesNotStartWith("/").doesNotContain("//", "\\", ":");
    assertThat(Arrays.asList(key.split("/"))).doesNotContain("..", ".");
  }

  @Test
  void examplesThatCannotBeReadAreLeftOutAndNamed() {
    Notes notes = new Notes(Notes.of(40).ids(), Set.of(3, 17), List.of("even", "odd"));
    AtomicInteger told = new AtomicInteger();
    ShardWriter.Written written =
        ShardWriter.inOrder().write(folder.resolve("out"), notes, notes, told::incrementAndGet);

    assertThat(written.examples()).isEqualTo(38);
    assertThat(told).hasValue(40);
    assertThat(written.skipped().stream().map(CorruptExampleException::id))
        .containsExactly("note/3.txt", "note/17.txt");
    Notes bad = new Notes(List.of("0", "1"), Set.of(0, 1), List.of());
    assertThatThrownBy(() -> write(ShardWriter.inOrder(), bad, "bad"))
        .isInstanceOf(KindredException.class)
        .hasMessage("notes: no example can be read; the first is 0: damaged");
  }

  @Test
  void whatIsStoppedLeavesNothing() throws IOException {
    AtomicInteger done = new AtomicInteger();
    Notes notes = Notes.of(200);
    assertThatThrownBy(
            () ->
                ShardWriter.inOrder()
                    .mostExamples(7)
                    .write(
                        folder.resolve("out"),
                        notes,
                        notes,
                        () -> {
                          if (done.incrementAndGet() == 100) {
                            throw new KindredException("stopped");
                          }
                        }))
        .hasMessage("stopped");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aFolderThatHoldsSomethingIsRefused() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.createFile(out.resolve("mine"));
    assertThatThrownBy(() -> write(ShardWriter.inOrder(), Notes.of(4), "out"))
        .isInstanceOf(KindredException.class)
        .hasMessage(out + ": shards need a new or empty folder, but mine is in it; choose another");
  }

  @Test
  void aClassWhoseNameIsNoLineIsRefused() {
    Notes notes = new Notes(List.of("0"), Set.of(), List.of("a\nb", "c"));
    assertThatThrownBy(() -> write(ShardWriter.inOrder(), notes, "out"))
        .isInstanceOf(KindredException.class)
        .hasMessage("the class \"a\\nb\" cannot be a line of classes.txt; rename it");
  }

  private Path write(ShardWriter writer, Notes notes, String name) {
    Path out = folder.resolve(name);
    writer.write(out, notes, notes, () -> {});
    return out;
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** Texts of some hundred bytes, in two classes or in none. */
  private record Notes(List<String> ids, Set<Integer> damaged, List<String> classNames)
      implements Dataset<String>, Encoded {
    static Notes of(int size) {
      return new Notes(
          IntStream.range(0, size).mapToObj(i -> "note/" + i + ".txt").toList(),
          new HashSet<>(),
          List.of("even", "odd"));
    }

    @Override
    public int size() {
      return ids.size();
    }

    @Override
    public String get(int index) {
      return "text %d ".formatted(index).repeat(1 + index % 100);
    }

    @Override
    public String id(int index) {
      return ids.get(index);
    }

    @Override
    public int label(int index) {
      return classNames.isEmpty() ? NO_LABEL : index % 2;
    }

    @Override
    public String description() {
      return "notes";
    }

    @Override
    public String extension(int index) {
      return "txt";
    }

    @Override
    public byte[] encoded(int index) {
      if (damaged.contains(index)) {
        throw new CorruptExampleException(id(index), "damaged", null);
      }
      return get(index).getBytes(UTF_8);
    }

    @Override
    public void close() {}
  }
}
