package dev.kindred.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.runtime.KindredException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ProgramTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(before);
  }

  @Command(name = "job")
  private static final class Job implements Runnable {
    @Option(names = "--rounds")
    private int rounds = 5;

    private final Runnable work;

    Job(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      work.run();
    }
  }

  @Test
  void readsItsArguments() {
    Job job = new Job(() -> {});

    assertThat(Program.execute(job, "--rounds", "7")).isZero();
    assertThat(job.rounds).isEqualTo(7);
  }

  @Test
  void answersWrongArgumentsWithOneLineOfUsage() {
    assertThat(Program.execute(new Job(() -> {}), "--round", "7")).isEqualTo(2);

    assertThat(lines()).hasSize(2);
    assertThat(lines()[0]).contains("--round");
    assertThat(lines()[1]).isEqualTo("usage: job [--rounds=<rounds>]");
  }

  @Test
  void saysInOneLineWhyTheWorkFailed() {
    Job job =
        new Job(
            () -> {
              throw new KindredException("photos: no such folder");
            });

    assertThat(Program.execute(job)).isEqualTo(1);
    assertThat(lines()).containsExactly("photos: no such folder");
  }

  @Test
  void showsDefectsWhole() {
    Job job =
        new Job(
            () -> {
              throw new IllegalStateException("a defect");
            });

    assertThat(Program.execute(job)).isEqualTo(1);
    assertThat(lines()).hasSizeGreaterThan(1).anyMatch(line -> line.contains("ProgramTest"));
  }

  private String[] lines() {
    return printed.toString(StandardCharsets.UTF_8).split("\\R");
  }
}
