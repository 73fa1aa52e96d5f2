package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What one command gave, run inside this process. */
record Command(int exitCode, String out, String err) {
  static Command run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = List.of(arguments).stream().map(String::valueOf).toArray(String[]::new);
    int code = Kindred.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
    return new Command(code, out.toString(), err.toString());
  }

  /** The same, if it did what it should. */
  Command succeeded() {
    assertThat(exitCode).as(err).isZero();
    return this;
  }

  String lastLine() {
    List<String> lines = out.lines().toList();
    return lines.get(lines.size() - 1);
  }
}
