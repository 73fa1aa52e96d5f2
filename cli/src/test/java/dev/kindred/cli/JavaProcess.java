package dev.kindred.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java virtual machine of its own, with this one's class path. */
final class JavaProcess {
  private JavaProcess() {}

  /** Starts {@code main}; its output is dropped, its errors go to a file. */
  static Process start(Class<?> main, List<Object> arguments, Path errors) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    arguments.forEach(argument -> command.add(argument.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(errors.toFile())
        .start();
  }
}
