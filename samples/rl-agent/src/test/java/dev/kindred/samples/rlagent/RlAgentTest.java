package dev.kindred.samples.rlagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RlAgentTest {
  private record Printed(int code, String out, String err) {}

  @TempDir private static Path folder;

  @Test
  void learnsToSeeAndThenToAct() {
    Path play = folder.resolve("play.safetensors");
    Path run = folder.resolve("run");
    assertThat(run("record", "cartpole", play, 260)).isEqualTo(new Printed(0, "", ""));
    assertThat(run("pretrain", play, run, 1).code()).isZero();
    Printed learnt = run("learn", "cartpole", run.resolve("encoder"), 600);
    assertThat(learnt.err()).isEmpty();
    assertThat(learnt.out().lines())
        .hasSizeGreaterThanOrEqualTo(2)
        .first()
        .asString()
        .matches("step \\d+, episode 20: \\d+\\.\\d");
    assertThat(learnt.out().lines())
        .last()
        .asString()
        .matches("10 episodes without exploration: \\d+\\.\\d on average; solved at 475");
    assertThat(run("learn", "lunar-lander", folder.resolve("none"), 10).err())
        .startsWith(folder.resolve("none") + ": ");
    assertThat(run("pretrain", play, run, 1).code()).isEqualTo(1);
  }

  @Test
  void wrongUsageIsTold() {
    assertThat(run().err()).startsWith("usage: RlAgent record   WORLD FILE [frames]\n");
    assertThat(run("learn", "cartpole").code()).isEqualTo(2);
    assertThat(run("record", "car-racing", "x"))
        .isEqualTo(
            new Printed(2, "", "world must be one of cartpole, lunar-lander, was car-racing\n"));
    assertThat(run("record", "cartpole", "x", "1"))
        .isEqualTo(new Printed(2, "", "frames must be a number in [2, 100000000], was 1\n"));
    assertThat(run("pretrain", "missing", "x").code()).isEqualTo(1);
  }

  private static Printed run(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        RlAgent.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
    return new Printed(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
