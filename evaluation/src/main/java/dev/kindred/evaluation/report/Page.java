package dev.kindred.evaluation.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.kindred.train.RunWarning;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** The whole page as its template sees it: every text is escaped where it is set in. */
record Page(String title, List<RunWarning> warnings, List<Fact> facts, List<Section> sections) {
  private static final String WEBJAR = "/META-INF/resources/webjars/chart.js/%s/dist/%s";
  private static final Template TEMPLATE =
      Mustache.compiler()
          .emptyStringIsFalse(true)
          .zeroIsFalse(true)
          .compile(new StringReader(own("report.html")));

  /** Something that was so before the run began, or is so of all of it. */
  record Fact(String name, String value) {}

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
