package dev.kindred.cli;

import dev.kindred.runtime.KindredException;
import dev.kindred.train.StoppedException;
import java.io.PrintWriter;
import org.tensorflow.exceptions.TensorFlowException;
import picocli.CommandLine;

/** Turns whatever a command threw into one line and an exit code. */
final class Failures {
  static final int FAILED = CommandLine.ExitCode.SOFTWARE;
  static final int USAGE = CommandLine.ExitCode.USAGE;

  /** What shells report for a process that Ctrl-C ended. */
  static final int STOPPED = 130;

  private Failures() {}

  /** Prints the line, and the stack trace if wanted; returns the exit code. */
  static int report(Throwable failure, PrintWriter err, boolean stacktrace) {
    err.println(line(message(failure)));
    if (stacktrace) {
      failure.printStackTrace(err);
    }
    err.flush();
    return code(failure);
  }

  /** {@code message} as the one line of an error. */
  static String line(String message) {
    return "kindred: " + message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static int code(Throwable failure) {
    if (failure instanceof StoppedException) {
      return STOPPED;
    }
    return failure instanceof IllegalArgumentException ? USAGE : FAILED;
  }

  private static String message(Throwable failure) {
    if (failure instanceof KindredException || failure instanceof IllegalArgumentException) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory (%s); use a smaller --batch-size or --image-size, or more heap: KINDRED_JAVA_OPTS=-Xmx8g"
          .formatted(failure.getMessage());
    }
    if (failure instanceof LinkageError) {
      return "TensorFlow's native library cannot be loaded (%s); kindred doctor says more"
          .formatted(firstLine(failure));
    }
    if (failure instanceof TensorFlowException) {
      return "TensorFlow failed (%s); if memory ran out, use a smaller --batch-size or --image-size"
          .formatted(firstLine(failure));
    }
    return "unexpected failure (%s: %s); --stacktrace shows where"
        .formatted(failure.getClass().getSimpleName(), firstLine(failure));
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
