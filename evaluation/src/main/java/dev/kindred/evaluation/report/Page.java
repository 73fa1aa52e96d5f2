package dev.kindred.evaluation.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The whole page as its template sees it: every text is escaped where it is set in. */
record Page(String title, List<Warning> warnings, List<Fact> facts, List<Section> sections) {
  private static final String WEBJAR = "/META-INF/resources/webjars/chart.js/%s/dist/%s";

  /** Rises when a key of {@code report.json} changes its name or meaning. */
  private static final int FORMAT = 1;

  private static final Template TEMPLATE =
      Mustache.compiler()
          .emptyStringIsFalse(true)
          .zeroIsFalse(true)
          .compile(new StringReader(own("report.html")));

  /** Something that was so before the run began, or is so of all of it. */
  record Fact(String name, String value) {}

  /**
   * What a run warned of.
   *
   * @param run which, or empty where there is but one
   */
  record Warning(String run, long step, String message) {
    String where() {
      return run.isEmpty()
          ? "Warning at step " + step
          : "%s: warning at step %d".formatted(run, step);
    }

    Map<String, Object> data() {
      Map<String, Object> data = new LinkedHashMap<>();
      if (!run.isEmpty()) {
        data.put("run", run);
      }
      data.put("step", step);
      data.put("message", message);
      return data;
    }
  }

  /** The numbers of the page; {@code not_finite} counts the nulls that were NaN or infinite. */
  Map<String, Object> data() {
    Map<String, Object> named = new LinkedHashMap<>();
    facts.forEach(fact -> named.put(fact.name(), fact.value()));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("format", FORMAT);
    data.put("title", title);
    data.put("warnings", warnings.stream().map(Warning::data).toList());
    data.put("facts", named);
    data.put("sections", sections.stream().map(Page::data).toList());
    PlainJson json = new PlainJson();
    Map<String, Object> plain = json.object(data);
    plain.put("not_finite", json.notFinite());
    return plain;
  }

  private static Map<String, Object> data(Section section) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("heading", section.heading());
    data.putAll(section.data());
    return data;
  }

  String html() {
    return TEMPLATE.execute(this);
  }

  String style() {
    return own("report.css");
  }

  String script() {
    return script(own("report.js"));
  }

  String chartLibrary() {
    String library = resource(WEBJAR.formatted(chartLibraryVersion(), "chart.umd.min.js"));
    return script(library.replaceFirst("//# sourceMappingURL=\\S+", ""));
  }

  String chartLibraryVersion() {
    Properties versions = new Properties();
    try {
      versions.load(new StringReader(own("webjars.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions.getProperty("chartjs");
  }

  /** Code that cannot end the script element around it; within its literals the same as before. */
  static String script(String code) {
    return code.replaceAll("(?i)</(script)", "<\\\\/$1").replace("<!--", "<\\!--");
  }

  private static String own(String name) {
    return resource("/dev/kindred/evaluation/report/" + name);
  }

  private static String resource(String path) {
    try (InputStream stream = Page.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException(path + " must be on the class path, but is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
  }
}
