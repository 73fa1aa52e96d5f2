package dev.kindred.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.data.Dataset;
import dev.kindred.data.Encoded;
import dev.kindred.data.ShardContent;
import dev.kindred.data.ShardWriter;
import dev.kindred.data.TarShards;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings on tar shards: nine steps an epoch, of which the last examples are left. */
class ShardedTrainingTest {
  @TempDir private Path folder;
  private TarPoints points;

  @BeforeEach
  void write() {
    Toy.Points stored = new Toy.Points(75, Set.of());
    Path shards = folder.resolve("shards");
    ShardWriter.shuffled(0).mostExamples(11).write(shards, stored, new Floats(stored), () -> {});
    points =
        new TarPoints(
            TarShards.open(shards.toString(), new ShardContent("point", Set.of("f32"), 64)));
  }

  @AfterEach
  void close() {
    points.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 11, 23})
  void aRunThatWasCutOffWithinAnEpochEndsWithTheSameBytes(int stopBefore) throws IOException {
    run("whole");
    Path cut = folder.resolve("cut");
    assertThatExceptionOfType(KindredException.class)
        .isThrownBy(
            () ->
                Toy.pretraining(cut, points)
                    .shuffleBuffer(20)
                    .checkpointEvery(2)
                    .listener(Toy.dyingAt(stopBefore))
                    .run());
    Toy.pretraining(cut, points).shuffleBuffer(20).checkpointEvery(2).resume();

    assertThat(parameters("cut")).isEqualTo(parameters("whole"));
  }

  @Test
  void theOrderIsThatOfShardsAndPartOfTheConfiguration() throws IOException {
    run("whole");
    Toy.pretraining(folder.resolve("shuffled"), new Toy.Points(75, Set.of())).run();
    Toy.pretraining(folder.resolve("other"), points).run();

    assertThat(parameters("whole")).isNotEqualTo(parameters("other"));
    assertThat(Json.read(folder.resolve("whole/config.json"))).containsEntry("shuffleBuffer", 20);
    assertThat(Json.read(folder.resolve("other/config.json"))).containsEntry("shuffleBuffer", 4096);
    assertThat(Json.read(folder.resolve("shuffled/config.json")))
        .doesNotContainKey("shuffleBuffer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Toy.pretraining(folder.resolve("whole"), points).resume())
        .withMessageContaining("shuffleBuffer was 20 and is now 4096");
  }

  @Test
  void someOfTheExamplesKeepTheirShards() {
    assertThat(points.stretches()).containsExactly(0, 11, 22, 33, 44, 55, 66);
    assertThat(points.first(30).stretches()).containsExactly(0, 11, 22);
    assertThat(points.subset(new int[] {5, 6, 40, 41, 12, 7}).stretches())
        .containsExactly(0, 2, 4, 5);
    assertThat(new Toy.Points(9, Set.of()).first(4).stretches()).isEmpty();
  }

  private void run(String name) {
    Toy.pretraining(folder.resolve(name), points).shuffleBuffer(20).run();
  }

  private byte[] parameters(String run) throws IOException {
    return Files.readAllBytes(
        folder.resolve(run).resolve("encoder/variables/variables.data-00000-of-00001"));
  }

  private record Floats(Dataset<float[]> points) implements Encoded {
    @Override
    public String extension(int index) {
      return "f32";
    }

    @Override
    public byte[] encoded(int index) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * Toy.WIDTH);
      for (float one : points.get(index)) {
        bytes.putFloat(one);
      }
      return bytes.array();
    }
  }

  private record TarPoints(TarShards shards) implements Dataset<float[]> {
    @Override
    public int size() {
      return shards.size();
    }

    @Override
    public float[] get(int index) {
      ByteBuffer bytes = ByteBuffer.wrap(shards.content(index));
      float[] point = new float[Toy.WIDTH];
      bytes.asFloatBuffer().get(point);
      return point;
    }

    @Override
    public String id(int index) {
      return shards.key(index);
    }

    @Override
    public int label(int index) {
      return shards.label(index);
    }

    @Override
    public List<String> classNames() {
      return shards.classNames();
    }

    @Override
    public int[] stretches() {
      return shards.stretches();
    }

    @Override
    public String description() {
      return "points in shards";
    }

    @Override
    public void close() {
      shards.close();
    }
  }
}
