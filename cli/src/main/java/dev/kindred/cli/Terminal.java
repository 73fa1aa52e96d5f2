package dev.kindred.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The streams that the launcher gives to this process. */
final class Terminal {
  private static final String ERRORS = "kindred.stderr";

  /** Held, for a level is forgotten with its logger. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  private Terminal() {}

  /**
   * Writes errors to the descriptor that the launcher names, if it does: TensorFlow's C++ library
   * writes to the standard error whatever it is told, so the launcher filters that, and gives this
   * process the real one under another number. Lucene, which tells there with which options java
   * would be quicker, is silenced.
   */
  static void takeErrors() {
    LUCENE.setLevel(Level.SEVERE);
    Integer number = Integer.getInteger(ERRORS);
    if (number != null) {
      System.setErr(stream(number));
    }
  }

  /** A bar on the standard error, where that is a terminal; the caller closes it. */
  static ProgressBar progress(String task, long steps) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(500);
    return System.console() == null
        ? builder.setConsumer(new DelegatingProgressBarConsumer(line -> {})).build()
        : builder.setConsumer(new ConsoleProgressBarConsumer(System.err)).build();
  }

  private static PrintStream stream(int number) {
    try {
      // Opening /dev/fd/N instead would have a position of its own, and overwrite in a file.
      FileDescriptor descriptor = new FileDescriptor();
      Field field = FileDescriptor.class.getDeclaredField("fd");
      field.setAccessible(true);
      field.setInt(descriptor, number);
      return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return System.err;
    }
  }
}
