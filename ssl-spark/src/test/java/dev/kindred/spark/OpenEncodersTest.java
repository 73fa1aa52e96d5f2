package dev.kindred.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.runtime.KindredException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenEncodersTest {
  @TempDir private Path folder;

  @Test
  void tasksOfOneJvmShareAnEncoder() {
    Model model = new SharedModel(TinyModels.texts(folder.resolve("model")).toString());

    assertThat(
            IntStream.range(0, 32)
                .parallel()
                .mapToObj(i -> System.identityHashCode(OpenEncoders.of(Content.TEXTS, model)))
                .distinct())
        .hasSize(1);
  }

  /** Spark ends an executor for such an error, and starts another, which has it again. */
  @Test
  void aMissingNativeLibraryIsNoError() {
    assertThatThrownBy(
            () ->
                OpenEncoders.explained(
                    () -> {
                      throw new UnsatisfiedLinkError("no jnitensorflow in java.library.path\nmore");
                    }))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("TensorFlow cannot be loaded on ")
        .hasMessageContaining(
            "(no jnitensorflow in java.library.path); put tensorflow-core-native");
  }

  @Test
  void aDamagedModelNamesTheExecutorToo() {
    assertThatThrownBy(
            () ->
                OpenEncoders.explained(
                    () -> {
                      throw new KindredException("encoder: damaged");
                    }))
        .isInstanceOf(KindredException.class)
        .hasMessageStartingWith("encoder: damaged (on ");
  }
}
