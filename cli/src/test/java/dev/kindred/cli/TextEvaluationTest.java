package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.runtime.Json;
import dev.kindred.text.TextExample;
import dev.kindred.text.data.GeneratedParaphrases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a text encoder is worth, as a user asks for it. */
class TextEvaluationTest {
  private static final String HEADER = "label\tsentence";

  @TempDir static Path folder;
  private static Path run;
  private static Path train;
  private static Path test;

  @BeforeAll
  static void trainAndWriteTables() {
    run = folder.resolve("run");
    Command.run(
            "pretrain",
            "text",
            "--out",
            run,
            "--data",
            "paraphrases:400",
            "--dimension",
            32,
            "--batch-size",
            20)
        .succeeded();
    train = write("TRAIN.tsv", HEADER, animals(0, 40));
    test = write("TEST.tsv", HEADER, animals(40, 60));
  }

  @ParameterizedTest
  @CsvSource({"knn", "linear"})
  void labelledTextsAreClassified(String measure) {
    Command measured =
        evaluate(
            measure,
            "--train",
            train,
            "--test",
            test,
            "--column",
            "sentence",
            "--label",
            "label",
            "--json");

    assertThat(measured.out()).contains("bird  1.0000  of 10", "fish  1.0000  of 10");
    assertThat(Json.parse(measured.lastLine()))
        .contains(entry("accuracy", 1.0), entry("count", 20), entry("train_count", 40));
  }

  @Test
  void oneTableIsTestedByFolds() {
    Command measured = transfer("--data", train, "--json");

    assertThat(measured.out())
        .startsWith(
            "protocol senteval: logistic regression on the features as they are, l2 of [4.0,")
        .contains("TRAIN.tsv          100.00              40  10 folds, deviation 0.00");
    assertThat(Json.parse(measured.lastLine()))
        .contains(
            entry("accuracy", 1.0),
            entry("count", 40),
            entry("measure", "transfer"),
            entry("protocol", "senteval"),
            entry("seed", 0),
            entry("dimension", 32))
        .containsKeys("accuracy_deviation", "folds")
        .doesNotContainKey("f1");
  }

  @Test
  void fixedSplitsAreTestedOnTheirTestRows() {
    Path validation = write("validation.tsv", HEADER, animals(60, 70));
    Command measured =
        transfer(
            "--train", train, "--validation", validation, "--test", test, "--seed", 3, "--json");

    assertThat(measured.out()).contains(" 20  trained on 40, l2 4.0, validation 100.00");
    assertThat(Json.parse(measured.lastLine()))
        .contains(
            entry("accuracy", 1.0),
            entry("validation_accuracy", 1.0),
            entry("l2", 4.0),
            entry("seed", 3));
    assertThat(transfer("--train", train, "--test", test).out()).contains("trained on 40");
  }

  @Test
  void aFolderOfTasksGivesOneTableAndTheirAverage() {
    Path tasks = folder.resolve("tasks");
    write("tasks/CR.tsv", HEADER, animals(0, 40));
    write("tasks/MR.raw.tsv", HEADER, animals(0, 30));
    write("tasks/TREC.train.tsv", "coarse\tfine\tsentence", finely(animals(0, 40)));
    write("tasks/TREC.test.tsv", "coarse\tfine\tsentence", finely(animals(40, 50)));
    write("tasks/MRPC.train.tsv", "label\tid\tsentence1\tsentence2", pairs(0, 60));
    write("tasks/MRPC.test.tsv", "label\tid\tsentence1\tsentence2", pairs(60, 90));

    Command measured = evaluate("transfer", "--tasks", tasks, "--json");

    List<String> firstWords =
        measured.out().lines().map(line -> line.split("[ :]")[0]).limit(8).toList();
    assertThat(firstWords)
        .containsExactly("protocol", "task", "MR", "CR", "TREC", "MRPC", "average", "not");
    assertThat(measured.out())
        .contains("average of 4 ", "not there, and not in the average: SUBJ, MPQA, SST2");
    Map<String, Object> json = Json.parse(measured.lastLine());
    assertThat(json)
        .containsKeys("MR", "CR", "TREC", "MRPC", "average")
        .doesNotContainKeys("SUBJ", "MPQA", "SST2");
    double sum =
        Stream.of("MR", "CR", "TREC", "MRPC")
            .mapToDouble(task -> number(json, task, "accuracy"))
            .sum();
    assertThat(number(json.get("average"))).isEqualTo(sum / 4, within(1e-12));
    // Pairs of the same sentence are told from others, for their difference is zero.
    assertThat(number(json, "MRPC", "accuracy")).isEqualTo(1);
    assertThat(number(json, "MRPC", "f1")).isEqualTo(1);
    assertThat(number(json, "TREC", "count")).isEqualTo(10);
  }

  @Test
  void answersAreFoundAmongAllAnswers() {
    List<String> rows = new ArrayList<>();
    GeneratedParaphrases examples = GeneratedParaphrases.of(12, 5);
    for (int i = 0; i < examples.size(); i++) {
      String text = examples.get(i).parts().get(0);
      rows.add(text + "\t" + text);
    }
    rows.add(rows.get(0)); // the same pair again is no other
    rows.add("\tno query");
    Path table = write("pairs.tsv", "query\tanswer", rows);

    Command measured = evaluate("retrieval", "--data", table, "--column", "query,answer", "--json");

    assertThat(measured.out())
        .startsWith("recall@1   recall@5   recall@10  mrr        ndcg@10    queries  corpus\n")
        .contains("100.00     100.00     100.00     100.00     100.00     12       12\n");
    assertThat(Json.parse(measured.lastLine()))
        .contains(
            entry("recall@1", 1.0),
            entry("recall@5", 1.0),
            entry("recall@10", 1.0),
            entry("mrr", 1.0),
            entry("ndcg@10", 1.0),
            entry("count", 12),
            entry("corpus_count", 12),
            entry("dimension", 32));
  }

  @Test
  void moreTextsMayBeLookedAmongAndAQueryMayHaveSeveralAnswers() {
    // The query itself is among the distractors and always nearest.
    Path distractors = write("more.txt", "a bird sings", List.of("a fish swims", "b", "b"));
    Path table =
        write("several.tsv", "q\ta", List.of("a bird sings\tb", "a bird sings\ta bird sings now"));

    Command measured =
        evaluate(
            "retrieval", "--data", table, "--column", "q,a", "--corpus", distractors, "--json");

    assertThat(Json.parse(measured.lastLine()))
        .contains(
            entry("count", 1), entry("corpus_count", 4), entry("recall@1", 0.0), entry("mrr", 0.5));
    Path corpus = write("corpus.tsv", "id\ttext", List.of("1\tc", "2\td"));
    assertThat(
            evaluate(
                    "retrieval",
                    "--data",
                    table,
                    "--column",
                    "q,a",
                    "--corpus",
                    corpus,
                    "--corpus-column",
                    "text")
                .out())
        .contains(" 1        4\n");
  }

  @Test
  void textsAreGroupedAndComparedWithTheirClasses() {
    Command measured =
        evaluate(
            "clusters",
            "--data",
            train,
            "--column",
            "sentence",
            "--label",
            "label",
            "--spherical",
            "--json");

    assertThat(Json.parse(measured.lastLine()))
        .contains(entry("accuracy", 1.0), entry("k", 2), entry("count", 40));
  }

  @Test
  void sickIsEvaluatedAsItIsPublished() {
    Path sick =
        write(
            "SICK.txt",
            "pair_ID\tsentence_A\tsentence_B\tentailment_label\trelatedness_score\tSemEval_set",
            List.of(
                "1\ta bird sings\ta bird sings\tX\t5\tTEST",
                "2\ta bird sings\ta fish swims\tX\t1.5\tTEST",
                "3\ta bird sings\tthe thief hid a gun\tX\t5\tTRAIN"));

    Command measured = evaluate("sts", "--test", sick, "--json");

    assertThat(Json.parse(measured.lastLine()).get("SICK.txt"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .contains(entry("count", 2), entry("spearman", 1.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "2 | knn --train TRAIN --test TEST | for texts --column and --label must be given: the"
            + " columns of the texts and of their classes",
        "2 | knn --train TRAIN --test TEST --column sentence,label --label label | --column must"
            + " name at most 1 of the columns, was sentence,label",
        "2 | linear --train TRAIN --test TRAIN --column sentence --label label | --train and --test"
            + " must differ, but both are table TRAIN (sentence; label label); give another one,"
            + " or, of images, a folder with folders train and test in it",
        "1 | knn --train TRAIN --test TEST --column sentences --label label | TRAIN: line 1:"
            + " unknown column \"sentences\"; did you mean sentence? known: label, sentence",
        "1 | transfer --data HOLES --column sentence --label label | HOLES: line 3: the label is"
            + " empty; fill it in or remove the line",
        "2 | transfer | give one of --tasks DIR, --data FILE, and --train FILE with --test FILE",
        "2 | transfer --train TRAIN | give one of --tasks DIR, --data FILE, and --train FILE with"
            + " --test FILE",
        "2 | transfer --data TRAIN --validation TEST | give one of --tasks DIR, --data FILE, and"
            + " --train FILE with --test FILE",
        "2 | transfer --tasks FOLDER --label x | --column and --label are not for --tasks, whose"
            + " columns have their names; leave them out",
        "2 | transfer --train TRAIN --validation TEST --test TEST --column sentence --label label |"
            + " --validation and --test must differ, but both are table TEST (sentence; label"
            + " label); give another one, or, of images, a folder with folders train and test in"
            + " it",
        "1 | transfer --tasks TRAIN | TRAIN: is no folder; give one that holds tables of tasks",
        "1 | transfer --tasks FOLDER/run | FOLDER/run: holds no task; give a folder with MR.tsv, or"
            + " TREC.train.tsv and TREC.test.tsv, of: MR, CR, SUBJ, MPQA, SST2, TREC, MRPC",
        "1 | transfer --train TRAIN --test OTHER --column sentence --label label | test rows: every"
            + " class must occur in the training rows too, but cow does not; add it there or leave"
            + " it out",
        "2 | retrieval --data TRAIN --column label | --column must name two columns, of queries and"
            + " of answers, was label",
        "2 | retrieval --data TRAIN --column label,sentence --corpus-column x | --corpus-column is"
            + " for --corpus; leave it out",
        "1 | retrieval --data LINES | LINES: must hold pairs of a query and its answer; give a .tsv"
            + " or .jsonl table, and two columns by --column",
        "1 | retrieval --data TRAIN | TRAIN: line 1: say which columns hold the texts; there are:"
            + " label, sentence",
        "1 | retrieval --data FOLDER/none.tsv --column a,b | FOLDER/none.tsv: does not exist; check"
            + " the path",
      })
  void whatDoesNotFitIsToldInOneLine(int code, String options, String message) {
    write("HOLES.tsv", HEADER, List.of("bird\ta", "\tb"));
    write("OTHER.tsv", HEADER, List.of("cow\ta"));
    write("LINES.txt", "one", List.of("two"));
    List<Object> arguments = new ArrayList<>(List.of("evaluate"));
    arguments.addAll(List.of(named(options).split(" ")));
    arguments.addAll(List.of("--model", run));

    Command refused = Command.run(arguments.toArray());

    assertThat(refused.err().strip()).isEqualTo("kindred: " + named(message));
    assertThat(refused.exitCode()).isEqualTo(code);
  }

  /** With the names of files instead of their short ones. */
  private static String named(String text) {
    return text.replaceAll("\\b(TRAIN|TEST|OTHER|HOLES)\\b", "FOLDER/$1.tsv")
        .replace("LINES", "FOLDER/LINES.txt")
        .replace("FOLDER", folder.toString());
  }

  private static Command transfer(Object... options) {
    return evaluate(
        "transfer",
        Stream.concat(Stream.of("--column", "sentence", "--label", "label"), Stream.of(options))
            .toArray());
  }

  private static Command evaluate(String measure, Object... options) {
    return Command.run(
            Stream.concat(Stream.of("evaluate", measure, "--model", run), Stream.of(options))
                .toArray())
        .succeeded();
  }

  /** Labelled sentences whose words tell their class. */
  private static List<String> animals(int from, int end) {
    return IntStream.range(from, end)
        .mapToObj(
            i -> i % 2 == 0 ? "bird\ta bird sings song " + i : "fish\tthe fish swims in sea " + i)
        .toList();
  }

  private static List<String> finely(List<String> animals) {
    return animals.stream().map(row -> row.replaceFirst("\t", "\tany\t")).toList();
  }

  /** Pairs of one sentence, and of two. */
  private static List<String> pairs(int from, int end) {
    GeneratedParaphrases texts = GeneratedParaphrases.of(end + 1, 3);
    return IntStream.range(from, end)
        .mapToObj(
            i ->
                "%d\t%d\t%s\t%s"
                    .formatted(i % 2, i, text(texts, i), text(texts, i % 2 == 1 ? i : i + 1)))
        .toList();
  }

  private static String text(GeneratedParaphrases texts, int index) {
    TextExample example = texts.get(index);
    return example.parts().get(0);
  }

  private static double number(Map<String, Object> json, String task, String name) {
    return json.get(task) instanceof Map<?, ?> measures ? number(measures.get(name)) : Double.NaN;
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static Path write(String name, String header, List<String> rows) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, Stream.concat(Stream.of(header), rows.stream()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
