package dev.kindred.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindred.runtime.KindredException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarShardsTest {
  private static final ShardContent IMAGES = new ShardContent("image", Set.of("jpg", "png"), 1000);

  @TempDir Path folder;

  @Test
  void whatFollowsUnderOneKeyIsOneExample() throws IOException {
    new Tar()
        .file("cat/one.cls", "1\n")
        .file("cat/one.JPG", "first")
        .file("cat/one.json", "{}")
        .file("two.png", "second")
        .file("two.jpg", "another of two")
        .file("note", "no extension")
        .file(".hidden.jpg", "hidden")
        .file("cat/three.seg.png", "not an image of its own")
        .write(folder, "a.tar");

    try (TarShards shards = open("a.tar")) {
      assertThat(shards.size()).isEqualTo(2);
      assertThat(IntStream.range(0, 2).mapToObj(shards::key)).containsExactly("cat/one", "two");
      assertThat(shards.extension(0)).isEqualTo("jpg");
      assertThat(shards.extension(1)).isEqualTo("png");
      assertThat(text(shards, 0)).isEqualTo("first");
      assertThat(text(shards, 1)).isEqualTo("second");
      assertThat(shards.label(0)).isEqualTo(1);
      assertThat(shards.label(1)).isEqualTo(Dataset.NO_LABEL);
      assertThat(shards.classNames()).containsExactly("0", "1");
    }
  }

  @Test
  void shardsAreInTheOrderOfTheirNames() throws IOException {
    for (String name : new String[] {"t-002", "t-000", "t-001"}) {
      new Tar().file(name + "b.jpg", name).file(name + "a.jpg", "x").write(folder, name + ".tar");
    }
    new Tar().file("other.jpg", "x").write(folder, "v-000.tar");

    for (String pattern : new String[] {"t-*.tar", "t-{000..002}.tar", "t-{002,000,001}.tar"}) {
      try (TarShards shards = open(pattern)) {
        assertThat(IntStream.range(0, 6).mapToObj(shards::key))
            .containsExactly("t-000b", "t-000a", "t-001b", "t-001a", "t-002b", "t-002a");
        assertThat(shards.stretches()).containsExactly(0, 2, 4);
      }
    }
    try (TarShards shards = open("")) {
      assertThat(shards.size()).isEqualTo(7);
    }
  }

  @Test
  void patternsReachIntoFolders() throws IOException {
    for (String part : new String[] {"x", "y"}) {
      Files.createDirectory(folder.resolve(part));
      new Tar().file(part + ".jpg", part).write(folder.resolve(part), "0.tar");
    }

    try (TarShards one = open("*/0.tar");
        TarShards deep = open("**.tar")) {
      assertThat(one.size()).isEqualTo(2);
      assertThat(deep.size()).isEqualTo(2);
    }
  }

  @Test
  void longAndForeignNamesAreReadAsTarWritesThem() throws IOException {
    String longName = "d/".repeat(90) + "ü.jpg";
    for (int mode :
        new int[] {TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.LONGFILE_GNU}) {
      Path file = folder.resolve(mode + ".tar");
      try (OutputStream out = Files.newOutputStream(file);
          TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
        tar.setLongFileMode(mode);
        TarArchiveEntry entry = new TarArchiveEntry(longName);
        entry.setSize(3);
        tar.putArchiveEntry(entry);
        tar.write("abc".getBytes(UTF_8));
        tar.closeArchiveEntry();
      }
      try (TarShards shards = TarShards.open(file.toString(), IMAGES)) {
        assertThat(shards.key(0)).isEqualTo(longName.substring(0, longName.length() - 4));
        assertThat(text(shards, 0)).isEqualTo("abc");
      }
    }
  }

  @Test
  void whatTarItselfWritesIsRead() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree/cat"));
    Files.writeString(tree.resolve("1.jpg"), "x".repeat(700));
    Files.createSymbolicLink(tree.resolve("2.jpg"), Path.of("1.jpg"));
    Process tar =
        new ProcessBuilder(
                "tar",
                "-cf",
                folder.resolve("gnu.tar").toString(),
                "-C",
                folder.resolve("tree").toString(),
                ".")
            .start();
    assumeTrue(tar.waitFor() == 0);

    try (TarShards shards = open("gnu.tar")) {
      assertThat(shards.size()).isEqualTo(1);
      assertThat(shards.key(0)).isEqualTo("cat/1");
      assertThat(text(shards, 0)).hasSize(700);
    }
  }

  @Test
  void namedClassesAreSortedAndNumberedOnesCounted() throws IOException {
    new Tar()
        .file("a.jpg", "x")
        .file("a.cls", "dog")
        .file("b.jpg", "x")
        .file("b.cls", "cat")
        .write(folder, "named.tar");
    new Tar()
        .file("a.jpg", "x")
        .file("a.cls", "10")
        .file("b.jpg", "x")
        .file("b.cls", "2")
        .write(folder, "numbered.tar");

    try (TarShards named = open("named.tar");
        TarShards numbered = open("numbered.tar")) {
      assertThat(named.classNames()).containsExactly("cat", "dog");
      assertThat(named.label(0)).isEqualTo(1);
      assertThat(numbered.classNames()).hasSize(11);
      assertThat(numbered.label(0)).isEqualTo(10);
    }
  }

  @Test
  void aFileBesideTheShardsNamesTheClasses() throws IOException {
    new Tar()
        .file("a.jpg", "x")
        .file("a.cls", "1")
        .file("b.jpg", "x")
        .file("b.cls", "owl")
        .write(folder, "a.tar");
    Files.writeString(folder.resolve("classes.txt"), "owl\ncat\n");

    try (TarShards shards = open("a.tar")) {
      assertThat(shards.classNames()).containsExactly("owl", "cat");
      assertThat(shards.label(0)).isEqualTo(1);
      assertThat(shards.label(1)).isZero();
    }
    Files.writeString(folder.resolve("classes.txt"), "owl\n");
    refuses(
        "a.tar",
        "a.tar: has a class \"1\", which F/classes.txt does not name: it has 1; correct that file, or remove it");
  }

  @Test
  void aKeyInTwoShardsIsRefusedNamingBoth() throws IOException {
    new Tar().file("a.jpg", "x").file("b.jpg", "x").write(folder, "1.tar");
    new Tar().file("c.jpg", "x").file("b.png", "x").write(folder, "2.tar");
    refuses(
        "*.tar",
        "the key b is both in F/1.tar and in F/2.tar; examples need keys of their own: rename them, or leave one shard out");
    new Tar().file("a.jpg", "x").file("b.jpg", "x").file("a.jpg", "x").write(folder, "1.tar");
    refuses(
        "1.tar",
        "the key a is twice in F/1.tar; examples need keys of their own: rename them, or leave one shard out");
  }

  @Test
  void keysOfOneHashAreNoDuplicates() throws IOException {
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    new Tar().file("Aa.jpg", "x").file("BB.jpg", "x").write(folder, "1.tar");
    try (TarShards shards = open("1.tar")) {
      assertThat(shards.size()).isEqualTo(2);
    }
  }

  @Test
  void nothingOutsideTheShardIsAnExample() throws IOException {
    new Tar()
        .file("/etc/a.jpg", "x")
        .file("../b.jpg", "x")
        .file("c/../../d.jpg", "x")
        .file("C:\\e.jpg", "x")
        .entry("link.jpg", '2', 0, "")
        .entry("hard.jpg", '1', 0, "")
        .entry("device.jpg", '3', 0, "")
        .entry("pipe.jpg", '6', 0, "")
        .entry("folder.jpg/", '5', 600, "")
        .file("..fine/good.jpg", "x")
        .write(folder, "a.tar");

    try (TarShards shards = open("a.tar")) {
      assertThat(shards.size()).isEqualTo(1);
      assertThat(shards.key(0)).isEqualTo("..fine/good");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {700, 1100, 1500})
  void aShardThatIsCutShortIsRefused(int length) throws IOException {
    byte[] whole = new Tar().file("a.jpg", "x").file("b.jpg", "y".repeat(600)).ended();
    Files.write(folder.resolve("a.tar"), Arrays.copyOf(whole, 1536 + length - 600));
    assertThatThrownBy(() -> open("a.tar"))
        .isInstanceOf(KindredException.class)
        .hasMessageMatching(".*a.tar: cut short: .*; write or copy it again");
  }

  @Test
  void whatIsCutBetweenTwoEntriesIsFoundByTheMissingEnd() throws IOException {
    Files.write(folder.resolve("a.tar"), new Tar().file("a.jpg", "x").open());
    refuses(
        "a.tar",
        "a.tar: cut short: it ends behind a.jpg without tar's mark of the end; write or copy it again");
    Files.write(folder.resolve("a.tar"), new Tar().file("a.jpg", "x").file("b.jpg", "abc").open());
    byte[] cut = Arrays.copyOf(Files.readAllBytes(folder.resolve("a.tar")), 1536 + 2);
    Files.write(folder.resolve("a.tar"), cut);
    refuses(
        "a.tar",
        "a.tar: cut short: b.jpg has 3 bytes, but the file ends after 2 of them; write or copy it again");
  }

  @Test
  void sizesThatLieAreRefused() throws IOException {
    new Tar().entry("a.jpg", '0', 5L << 30, "x").write(folder, "large.tar");
    refuses(
        "large.tar",
        "large.tar: cut short: a.jpg has 5,368,709,120 bytes, but the file ends after 1,536 of them; write or copy it again");
    for (String size : new String[] {"-0000000001", "zzzzzzzzzzz"}) {
      new Tar().file("0.jpg", "x").raw(Tar.header("a.jpg", '0', size)).write(folder, "odd.tar");
      assertThatThrownBy(() -> open("odd.tar"))
          .isInstanceOf(KindredException.class)
          .hasMessageMatching(".*odd.tar: damaged behind 0.jpg \\(.*\\); write or copy it again");
    }
  }

  @Test
  void whatIsDamagedIsNamedByWhatCameBefore() throws IOException {
    byte[] tar = new Tar().file("a.jpg", "x").file("b.jpg", "y").ended();
    tar[1024 + 3] ^= 1;
    Files.write(folder.resolve("a.tar"), tar);
    refuses(
        "a.tar",
        "a.tar: damaged behind a.jpg (a header's checksum is wrong); write or copy it again");
  }

  @Test
  void headersWithoutEndAreRefused() throws IOException {
    new Tar()
        .entry("././@LongLink", 'L', 3 << 20, "n".repeat(3 << 20))
        .file("a.jpg", "x")
        .write(folder, "long.tar");
    assertThatThrownBy(() -> open("long.tar"))
        .isInstanceOf(KindredException.class)
        .hasMessageContaining("headers of more than 1,048,576 bytes");
    Tar chain = new Tar();
    for (int i = 0; i < 5000; i++) {
      chain.entry("g", 'g', 9, "9 a=bcde\n");
    }
    chain.file("a.jpg", "x").write(folder, "chain.tar");
    assertThatThrownBy(() -> open("chain.tar")).isInstanceOf(KindredException.class);
  }

  @Test
  void randomBytesNeverDoWorseThanBeRefused() throws IOException {
    byte[] good =
        new Tar().file("a.jpg", "x").file("a.cls", "3").file("b.jpg", "y".repeat(900)).ended();
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      for (int change = 0; change < 1 + i % 4; change++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Files.write(folder.resolve("a.tar"), bad);
      try (TarShards shards = open("a.tar")) {
        IntStream.range(0, shards.size()).forEach(shards::content);
      } catch (KindredException e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void otherFilesAreRefusedWithWhatToDo() throws IOException {
    Files.writeString(folder.resolve("text.tar"), "not a tar, but a text. ".repeat(100));
    assertThatThrownBy(() -> open("text.tar"))
        .isInstanceOf(KindredException.class)
        .hasMessageMatching(".*text.tar: is no tar file \\(.*\\); give the path of one");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new Tar().file("a.jpg", "x").ended());
    }
    Files.write(folder.resolve("gz.tar"), packed.toByteArray());
    refuses(
        "gz.tar",
        "gz.tar: is packed (gz), so that an example is found only by unpacking all before it; unpack it by gunzip");
    Files.write(folder.resolve("empty.tar"), new byte[0]);
    refuses("empty.tar", "empty.tar: is empty; write or copy it again");
    Files.write(folder.resolve("zeros.tar"), new byte[10240]);
    refuses(
        "zeros.tar",
        "zeros.tar: holds no image; entries must be called .jpg, .png, but there is none");
    new Tar().file("a.txt", "x").file("a.json", "x").write(folder, "texts.tar");
    refuses(
        "texts.tar",
        "texts.tar: holds no image; entries must be called .jpg, .png, but are .json, .txt");
    new Tar().file("BZh.jpg", "x").write(folder, "BZh.tar");
    open("BZh.tar").close();
  }

  @Test
  void namesThatNothingHasAreRefused() throws IOException {
    refuses(
        "none-*.tar",
        "none-*.tar: no file is called so; check the path, and that its shards end in .tar");
    refuses("none.tar", "none.tar: no such shard; check the path and the range");
    new Tar().file("a.jpg", "x").write(folder, "s-0.tar");
    refuses("s-{0..1}.tar", "s-1.tar: no such shard; check the path and the range");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open("s-{0..999999999}.tar"))
        .withMessageEndingWith(
            "the range {0..999999999} must go upwards, and name at most 100,000 shards in all");
    assertThatIllegalArgumentException().isThrownBy(() -> open("s-{0..9}{9..0}.tar"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open("s-[.tar"))
        .withMessageContaining("is no pattern");
  }

  @Test
  void largeContentIsRefusedWhenItIsRead() throws IOException {
    new Tar().file("a.jpg", "x".repeat(1001)).file("b.jpg", "y").write(folder, "a.tar");
    new Tar().file("a.jpg", "x").file("a.cls", "c".repeat(1025)).write(folder, "cls.tar");

    try (TarShards shards = open("a.tar")) {
      assertThatThrownBy(() -> shards.content(0))
          .isInstanceOf(CorruptExampleException.class)
          .hasMessage("a: over the limit of 1,000 bytes");
      assertThat(text(shards, 1)).isEqualTo("y");
    }
    refuses(
        "cls.tar",
        "cls.tar: a.cls has 1,025 bytes, but a class at most 1,024; it must be a number or a name");
  }

  @Test
  void moreShardsThanMayBeOpenAreReadByManyThreads() throws IOException {
    int count = 3 * TarShards.MAX_OPEN;
    for (int i = 0; i < count; i++) {
      new Tar().file(i + ".jpg", "content " + i).write(folder, "%03d.tar".formatted(i));
    }
    try (TarShards shards = open("*.tar")) {
      assertThat(
              IntStream.range(0, 20 * count)
                  .parallel()
                  .allMatch(i -> text(shards, i * 7 % count).equals("content " + i * 7 % count)))
          .isTrue();
      Thread.currentThread().interrupt();
      assertThat(text(shards, 0)).isEqualTo("content 0");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aShardThatShrinksMeanwhileIsNoticed() throws IOException {
    Path file = new Tar().file("a.jpg", "x".repeat(900)).write(folder, "a.tar");
    try (TarShards shards = open("a.tar")) {
      Files.write(file, new byte[600]);
      assertThatThrownBy(() -> shards.content(0))
          .isInstanceOf(KindredException.class)
          .hasMessageEndingWith(
              "has changed since it was opened; leave it as it is, or open it again");
      shards.close();
      assertThatThrownBy(() -> shards.content(0)).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unreadable.tar", "*.tar"})
  void aShardThatMayNotBeReadIsNamed(String pattern) throws IOException {
    Path file = new Tar().file("a.jpg", "x").write(folder, "unreadable.tar");
    assumeTrue(file.toFile().setReadable(false, false) && !Files.isReadable(file));
    refuses(pattern, "unreadable.tar: may not be read; allow it");
  }

  private void refuses(String pattern, String message) {
    assertThatThrownBy(() -> open(pattern))
        .isInstanceOf(KindredException.class)
        .message()
        .satisfies(
            said ->
                assertThat(
                        said.replaceFirst("^" + folder + "/", "").replace(folder.toString(), "F"))
                    .isEqualTo(message));
  }

  private TarShards open(String pattern) {
    return TarShards.open(folder + "/" + pattern, IMAGES);
  }

  private static String text(TarShards shards, int index) {
    return new String(shards.content(index), UTF_8);
  }
}
