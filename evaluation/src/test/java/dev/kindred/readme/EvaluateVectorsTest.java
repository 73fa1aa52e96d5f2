package dev.kindred.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.embedding.EmbeddingFiles;
import dev.kindred.embedding.Embeddings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program that the README shows. */
class EvaluateVectorsTest {
  @TempDir private Path folder;

  @Test
  void theProgramSaysWhatVectorsAreWorth() {
    Path train = write("train", 200);
    Path test = write("test", 100);

    String out = run(train, test);

    assertThat(out)
        .containsPattern("(?m)^kNN [01]\\.\\d* \\{accuracy=\\[[01]\\.\\d{4}, [01]\\.\\d{4}]")
        .containsPattern("(?m)^linear 0\\.[89]\\d*, l2 [0-9.]+$")
        .containsPattern("(?m)^a tenth of the labels \\[")
        .containsPattern("(?m)^mAP@R 0\\.[5-9]")
        .containsPattern("(?m)^AMI 0\\.[3-9]")
        .containsPattern("(?m)^uniformity -[0-9.]+$")
        .doesNotContain("overlap");
  }

  private static String run(Path train, Path test) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      EvaluateVectors.main(train.toString(), test.toString());
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Path write(String name, int count) {
    Random random = new Random(count);
    float[][] vectors = new float[count][6];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < vectors[i].length; j++) {
        vectors[i][j] = (float) random.nextGaussian() + (j == i % 3 ? 2.5f : 0);
      }
    }
    Path file = folder.resolve(name + ".npy");
    EmbeddingFiles.write(
        Embeddings.labelled(
            IntStream.range(0, count).mapToObj(i -> name + i).toList(),
            IntStream.range(0, count).mapToObj(i -> "abc".substring(i % 3, i % 3 + 1)).toList(),
            vectors),
        file);
    return file;
  }
}
