package dev.kindred.benchmarks.peers;

import dev.kindred.benchmarks.Contestant;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program of another kind, started anew for each round, that prints its figure as {@code views/s
 * N}. Whether N is its mean or its best is the program's own affair.
 *
 * @param name what its column is called
 * @param command what the shell starts
 */
record ExternalStep(String name, String command) implements Contestant {
  private static final Pattern FIGURE = Pattern.compile("views/s\\s+(\\d+(?:\\.\\d+)?)");

  @Override
  public double measure() {
    try {
      Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return figure(output, process.waitFor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KindredException("interrupted while waiting for: " + command, e);
    }
  }

  private double figure(String output, int status) {
    Matcher figure = FIGURE.matcher(output);
    if (status != 0 || !figure.find()) {
      throw new KindredException(
          "%s: must print 'views/s N' and end with status 0, but ended with %d and printed: %s"
              .formatted(command, status, output.strip()));
    }
    return Double.parseDouble(figure.group(1));
  }
}
