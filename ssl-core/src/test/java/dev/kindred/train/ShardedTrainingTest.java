package dev.kindred.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kindred.data.Dataset;
import dev.kindred.data.Encoded;
import dev.kindred.data.ShardContent;
import dev.kindred.data.ShardExamples;
import dev.kindred.data.ShardWriter;
import dev.kindred.data.TarShards;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

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

  @Test
  void aRunThatWasCutOffWithinAnEpochEndsWithTheSameBytes() throws IOException {
    training("whole").run();
    for (int stopBefore : new int[] {5, 13}) {
      String cut = "cut" + stopBefore;
      assertThatExceptionOfType(KindredException.class)
          .isThrownBy(() -> training(cut).listener(Toy.dyingAt(stopBefore)).run());
      training(cut).resume();

      assertThat(parameters(cut)).isEqualTo(parameters("whole"));
    }
    assertThat(Json.read(folder.resolve("whole/config.json"))).containsEntry("shuffleBuffer", 20);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training("whole").shuffleBuffer(21).resume())
        .withMessageContaining("shuffleBuffer was 20 and is now 21");
  }

  @Test
  void onlySetsInStretchesAreDrawnThroughABuffer() {
    assertThat(Toy.pretraining(folder, points).batches(0).next())
        .isNotEqualTo(Toy.pretraining(folder, points).shuffleBuffer(8).batches(0).next());
    Toy.Points shuffled = new Toy.Points(75, Set.of());
    assertThat(Toy.pretraining(folder, shuffled).batches(0).next())
        .isEqualTo(Toy.pretraining(folder, shuffled).shuffleBuffer(8).batches(0).next());
  }

  @Test
  void someOfTheExamplesKeepTheirShards() {
    assertThat(points.stretches()).containsExactly(0, 11, 22, 33, 44, 55, 66);
    assertThat(points.first(30).stretches()).containsExactly(0, 11, 22);
    assertThat(points.subset(new int[] {5, 6, 40, 41, 12, 7}).stretches())
        .containsExactly(0, 2, 4, 5);
    assertThat(new Toy.Points(9, Set.of()).first(4).stretches()).isEmpty();
  }

  private Pretraining<float[], Operand<TFloat32>> training(String name) {
    return Toy.pretraining(folder.resolve(name), points)
        .shuffleBuffer(20)
        .epochs(2)
        .checkpointEvery(2);
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

  private static final class TarPoints extends ShardExamples<float[]> {
    TarPoints(TarShards shards) {
      super(shards, "points in shards");
    }

    @Override
    public float[] get(int index) {
      ByteBuffer bytes = ByteBuffer.wrap(shards().content(index));
      float[] point = new float[Toy.WIDTH];
      bytes.asFloatBuffer().get(point);
      return point;
    }
  }
}
