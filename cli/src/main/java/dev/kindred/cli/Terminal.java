package dev.kindred.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The streams that the launcher gives to this process. */
final class Terminal {
  private static final String ERRORS = "kindred.stderr";

  private Terminal() {}

  /**
   * Writes errors to the file that the launcher names, if it does: TensorFlow's C++ library writes
   * to the standard error whatever it is told, so the launcher filters that, and leaves this
   * process another way to the terminal.
   */
  static void takeErrors() {
    String file = System.getProperty(ERRORS);
    if (file != null) {
      try {
        System.setErr(
            new PrintStream(new FileOutputStream(file, true), true, StandardCharsets.UTF_8));
      } catch (IOException e) {
        // A socket, or closed: the standard error itself is the next best.
        return;
      }
    }
  }
}
