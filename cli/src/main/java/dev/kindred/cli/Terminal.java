package dev.kindred.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;

/** The streams that the launcher gives to this process. */
final class Terminal {
  private static final String ERRORS = "kindred.stderr";

  private Terminal() {}

  /**
   * Writes errors to the descriptor that the launcher names, if it does: TensorFlow's C++ library
   * writes to the standard error whatever it is told, so the launcher filters that, and gives this
   * process the real one under another number.
   */
  static void takeErrors() {
    Integer number = Integer.getInteger(ERRORS);
    if (number != null) {
      System.setErr(stream(number));
    }
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
