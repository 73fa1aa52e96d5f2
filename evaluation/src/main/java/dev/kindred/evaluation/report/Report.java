package dev.kindred.evaluation.report;

import dev.kindred.embedding.Embeddings;
import dev.kindred.runtime.Json;
import dev.kindred.runtime.KindredException;
import dev.kindred.runtime.WholeFile;
import dev.kindred.train.RunWarning;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final List<Page.Warning> warnings = new ArrayList<>();
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
      return warnings("", seen);
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
     * Adds a table. The first cell of a row names it; columns of numbers are set to the right. A
     * number may have a margin or an interval: {@code .4183 ± .0097}, {@code .41 [.40, .43]}.
     *
     * @param explanation what the table shows and how to read it, in a sentence
     * @throws IllegalArgumentException if there is no column, or a row is not as long as {@code
     *     headers}
     */
    public Builder table(
        String heading, String explanation, List<String> headers, List<List<String>> rows) {
      Table table = Table.of("", headers, rows);
      return add(Section.of(heading, explanation).table(table).data(table.data()));
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
     * Adds which class was taken for which: the counts as a matrix, and the most frequent
     * confusions with pictures of some of their examples.
     *
     * @param classNames the names of the classes; of many, those with the most mistakes are shown
     * @param truth the true class of each example, an index into {@code classNames}
     * @param predicted the class that it was taken for
     * @param ids the examples, by which {@code thumbnails} is asked
     * @throws IllegalArgumentException if there are not equally many of these, a class is none of
     *     {@code classNames}, or a picture is neither PNG nor JPEG
     * @throws KindredException if a picture cannot be read
     */
    public Builder confusions(
        List<String> classNames,
        int[] truth,
        int[] predicted,
        List<String> ids,
        Thumbnails thumbnails) {
      return add(ConfusionSection.of(classNames, truth, predicted, ids, thumbnails));
    }

    /**
     * Adds a map of representations in all projections, among which the reader switches.
     *
     * @see #map(Embeddings, Thumbnails, int, Set)
     */
    public Builder map(Embeddings embeddings, Thumbnails thumbnails, int maxPoints) {
      return map(embeddings, thumbnails, maxPoints, EnumSet.allOf(Projection.class));
    }

    /**
     * Adds a map of representations, coloured by class.
     *
     * @param thumbnails shown while the reader points at an example; asked until the pictures weigh
     *     some megabytes together, and {@link Thumbnails#NONE} if ids are enough
     * @param maxPoints more rows than these are not drawn; those that are, are chosen at random,
     *     the same at every call, and the map is theirs
     * @param projections how the map is laid out; where there are several, the reader switches
     * @throws IllegalArgumentException if {@code maxPoints} is not positive, there is no
     *     projection, or a picture is neither PNG nor JPEG
     * @throws KindredException if a picture cannot be read
     */
    public Builder map(
        Embeddings embeddings, Thumbnails thumbnails, int maxPoints, Set<Projection> projections) {
      return add(MapSection.of(embeddings, thumbnails, maxPoints, projections));
    }

    /**
     * Adds several runs side by side: what they came to and how they were started, a column each;
     * their curves, a chart a metric and a line a run; what they warned of; and what is missing.
     *
     * @throws IllegalArgumentException if two have one name
     */
    public Builder runs(List<RunSummary> runs) {
      sections.addAll(RunsSection.of(runs));
      runs.forEach(run -> warnings(run.name(), run.warnings()));
      return this;
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

    /**
     * Writes the numbers of the report to {@code out} as a JSON object, whole or not at all. {@code
     * sections} has an object for each, told apart by {@code kind}; a number that is NaN or
     * infinite is null, and {@code not_finite} says how many are.
     *
     * @throws KindredException if it cannot be written
     */
    public void writeJson(Path out) {
      Json.write(out, page().data());
    }

    String html() {
      return page().html();
    }

    private Page page() {
      return new Page(title, List.copyOf(warnings), List.copyOf(facts), List.copyOf(sections));
    }

    private Builder warnings(String run, List<RunWarning> seen) {
      seen.forEach(one -> warnings.add(new Page.Warning(run, one.step(), one.message())));
      return this;
    }

    private Builder add(Section section) {
      sections.add(section);
      return this;
    }
  }
}
