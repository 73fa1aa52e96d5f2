package dev.kindred.evaluation.report;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.WholeFile;
import dev.kindred.train.RunWarning;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run learned, as one HTML file: it opens from disk in any browser of today, and loads
 * nothing from the network. Sections appear in the order in which they were added.
 *
 * <p>The same content gives the same bytes. All text, from ids to class names, is taken as text:
 * none of it can become markup or code.
 */
public final class Report {
  private Report() {}

  /** Starts a report under {@code title}. */
  public static Builder builder(String title) {
    return new Builder(title);
  }

  /** Collects a report's sections. Not safe for use from several threads. */
  public static final class Builder {
    private final String title;
    private final List<Page.Fact> facts = new ArrayList<>();
    private final List<RunWarning> warnings = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    private Builder(String title) {
      this.title = title;
    }

    /** Adds facts to the report's head, in the map's order: method, data, seed, versions. */
    public Builder facts(Map<String, String> named) {
      named.forEach((name, value) -> facts.add(new Page.Fact(name, value)));
      return this;
    }

    /**
     * Adds what the run warned of, above everything but the title.
     *
     * @see MetricsLog#warnings
     */
    public Builder warnings(List<RunWarning> seen) {
      warnings.addAll(seen);
      return this;
    }

    /**
     * Adds a chart for each metric, over steps or, if it was logged for epochs only, over epochs.
     * Values that are not finite are gaps, and counted under the chart. What a run says of its
     * representations, {@code feature_std} and the like, has a section of its own, with a line to
     * each on what is good and bad.
     *
     * @see MetricsLog#read
     */
    public Builder curves(List<MetricLine> log) {
      sections.addAll(CurveSection.of(log));
      return this;
    }

    /**
     * Adds a table. The first cell of a row names it; columns of numbers are set to the right.
     *
     * @param explanation what the table shows and how to read it, in a sentence
     * @throws IllegalArgumentException if there is no column, or a row is not as long as {@code
     *     headers}
     */
    public Builder table(
        String heading, String explanation, List<String> headers, List<List<String>> rows) {
      return add(Section.of(heading, explanation).table(Table.of("", headers, rows)));
    }

    /**
     * Adds the accuracy of each class as bars and a table, the best class of the first of {@code
     * accuracies} first.
     *
     * @param accuracies by what they are of, such as {@code kNN}, in the map's order: a value in
     *     [0, 1] for each of {@code classNames}, NaN for a class without examples
     * @throws IllegalArgumentException if there are not as many values as classes, or one is out of
     *     range
     */
    public Builder perClass(List<String> classNames, Map<String, double[]> accuracies) {
      return add(PerClassSection.of(classNames, accuracies));
    }

    /**
     * Adds strips of pictures: each query, then its {@code k} exact nearest neighbours by cosine
     * similarity. Compares every query with every row, so it is for few queries.
     *
     * @param queries rows of {@code bank}; a query is not its own neighbour
     * @throws IllegalArgumentException if a query is no row, {@code k} is not in [1, rows), or a
     *     picture is neither PNG nor JPEG
     * @throws KindredException if a picture cannot be read
     */
    public Builder neighbours(Embeddings bank, int[] queries, int k, Thumbnails thumbnails) {
      return add(NeighbourSection.of(bank, queries, k, thumbnails));
    }

    /**
     * Adds a map of representations: their first two principal components, coloured by class.
     *
     * @param thumbnails shown while the reader points at an example; asked until the pictures weigh
     *     some megabytes together, and {@link Thumbnails#NONE} if ids are enough
     * @param maxPoints more rows than these are not drawn; those that are, are chosen at random,
     *     the same at every call, and the components are theirs
     * @throws IllegalArgumentException if {@code maxPoints} is not positive, or a picture is
     *     neither PNG nor JPEG
     * @throws KindredException if a picture cannot be read
     */
    public Builder map(Embeddings embeddings, Thumbnails thumbnails, int maxPoints) {
      return add(MapSection.of(embeddings, thumbnails, maxPoints));
    }

    /**
     * Writes the report to {@code out}, whole or not at all.
     *
     * @throws KindredException if it cannot be written
     */
    public void write(Path out) {
      byte[] page = html().getBytes(StandardCharsets.UTF_8);
      WholeFile.write(out, stream -> stream.write(page));
    }

    String html() {
      return new Page(title, List.copyOf(warnings), List.copyOf(facts), List.copyOf(sections))
          .html();
    }

    private Builder add(Section section) {
      sections.add(section);
      return this;
    }
  }
}
