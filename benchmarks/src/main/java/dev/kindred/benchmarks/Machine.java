package dev.kindred.benchmarks;

import dev.kindred.runtime.Versions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a measurement is made. */
public final class Machine {
  private static final Path STATUS = Path.of("/proc/self/status");
  static final String RESIDENT = "VmRSS:";
  static final String PEAK = "VmHWM:";

  private Machine() {}

  /** Versions, operating system, processors and how busy they are, in one line. */
  public static String describe() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "%s, %s %s, %d processors, load %.2f",
        versions(),
        system.getName(),
        system.getArch(),
        system.getAvailableProcessors(),
        system.getSystemLoadAverage());
  }

  /**
   * The resident memory of this process in bytes.
   *
   * @throws UnsupportedOperationException if the operating system is not Linux
   */
  static long residentBytes() {
    return bytes(status(), RESIDENT);
  }

  /**
   * The most resident memory that this process ever had, in bytes.
   *
   * @throws UnsupportedOperationException if the operating system is not Linux
   */
  static long peakResidentBytes() {
    return bytes(status(), PEAK);
  }

  /** What the lines of a process's status state as {@code key}, in kB. */
  static long bytes(List<String> status, String key) {
    String line = status.stream().filter(each -> each.startsWith(key)).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }

  private static List<String> status() {
    if (!Files.exists(STATUS)) {
      throw new UnsupportedOperationException(
          "resident memory is read from %s, which only Linux has".formatted(STATUS));
    }
    try {
      return Files.readAllLines(STATUS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String versions() {
    return Versions.all().entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }
}
