package dev.kindred.cli;

import dev.kindred.runtime.Devices;
import dev.kindred.runtime.Versions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;

/**
 * What this machine offers.
 *
 * @param facts by name
 * @param hints what could be better
 * @param problems what keeps Kindred from working, each with its fix
 */
record Diagnosis(Map<String, Object> facts, List<String> hints, List<String> problems) {
  private static final long GIB = 1L << 30;
  private static final int OLDEST_JAVA = 17;

  /** The features that make training on a CPU faster, newest last. */
  private static final List<String> CPU_FEATURES =
      List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16");

  /** Looks at everything. */
  static Diagnosis make() {
    Diagnosis diagnosis =
        new Diagnosis(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
    diagnosis.java();
    diagnosis.machine();
    diagnosis.tensorFlow();
    diagnosis.disk();
    return diagnosis;
  }

  private void java() {
    facts.put("kindred", Versions.kindred());
    facts.put("java", Runtime.version() + ", " + System.getProperty("java.home"));
    if (Runtime.version().feature() < OLDEST_JAVA) {
      problems.add(
          "Java %d or newer is needed; install one and set JAVA_HOME".formatted(OLDEST_JAVA));
    }
  }

  private void machine() {
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("heap", gib(Runtime.getRuntime().maxMemory()) + " at most");
    memory();
    List<String> features = cpuFeatures();
    facts.put("cpu", features);
    // Without AMX, convolutions in bfloat16 were measured to be slower than in float32.
    if (features.contains("amx_bf16")) {
      hints.add("this CPU has AMX: pretrain with --precision bfloat16 may be faster");
    }
  }

  private void memory() {
    if (java.lang.management.ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      facts.put("memory", gib(system.getTotalMemorySize()));
      if (system.getTotalMemorySize() < 2 * GIB) {
        problems.add("less than 2 GiB of memory; use a larger machine or container");
      }
    }
  }

  private void tensorFlow() {
    try {
      facts.put("tensorflow", TensorFlow.version());
      List<String> devices = Devices.all();
      facts.put("devices", devices);
      graphics(devices);
    } catch (LinkageError | RuntimeException e) {
      facts.put("tensorflow", "does not load");
      problems.add(
          "TensorFlow's native library does not load (%s); it needs Linux x86-64 or arm64 with glibc 2.27, or macOS on Apple silicon, and ~/.javacpp/cache writable"
              .formatted(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
  }

  private void graphics(List<String> devices) {
    boolean there = Files.exists(Path.of("/dev/nvidia0"));
    if (there && devices.stream().noneMatch(device -> device.contains("GPU"))) {
      hints.add(
          "an NVIDIA GPU is here, but TensorFlow does not use it: build with -Pgpu, and put the libraries of CUDA 12.5 and cuDNN 9.3, or newer of 12 and 9, on LD_LIBRARY_PATH");
    }
  }

  private void disk() {
    try {
      long free = Files.getFileStore(Path.of("")).getUsableSpace();
      facts.put("disk", gib(free) + " free here");
      if (free < GIB) {
        problems.add("less than 1 GiB of disk is free here; free some, or work elsewhere");
      }
    } catch (IOException e) {
      facts.put("disk", "unknown");
    }
  }

  private static List<String> cpuFeatures() {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(info, StandardCharsets.ISO_8859_1)) {
      List<String> flags =
          lines
              .filter(line -> line.startsWith("flags"))
              .findFirst()
              .map(line -> List.of(line.split("\\s+")))
              .orElse(List.of());
      return CPU_FEATURES.stream().filter(flags::contains).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
  }
}
