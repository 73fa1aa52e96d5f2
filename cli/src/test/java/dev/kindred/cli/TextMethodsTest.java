package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.runtime.Json;
import dev.kindred.text.data.GeneratedParaphrases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to train on texts, as a user goes. */
class TextMethodsTest {
  private static final GeneratedParaphrases EXAMPLES = GeneratedParaphrases.of(40, 1);
  private static final String TRANSFORMER = " --encoder transformer --depth 1 --vocabulary 200";

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    List<String> table = new ArrayList<>(List.of("kind\tscore\ta\tb\tc"));
    for (int i = 0; i < EXAMPLES.size(); i++) {
      String other = EXAMPLES.get((i + 1) % EXAMPLES.size()).parts().get(0);
      String texts = String.join("\t", EXAMPLES.get(i).parts());
      table.add("kind%d\t%s\t%s\t%s".formatted(i % 3, i % 2 == 0 ? "5.00" : "0.4", texts, other));
    }
    Files.write(folder.resolve("table.tsv"), table);
    table.set(3, table.get(3).replace("5.00", "nan?"));
    table.set(5, table.get(5).replaceFirst("kind[0-9]", ""));
    Files.write(folder.resolve("bad.tsv"), table);
    Path documents = Files.createDirectory(folder.resolve("documents"));
    for (int document = 0; document < 20; document++) {
      Files.writeString(documents.resolve(document + ".txt"), document(document));
    }
    Files.writeString(folder.resolve("lines.txt"), document(0));
  }

  /** Six sentences, a line each. */
  private static String document(int number) {
    return IntStream.range(0, 6)
        .mapToObj(i -> GeneratedParaphrases.of(6, number).get(i).parts().get(0) + ".")
        .collect(Collectors.joining("\n\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--data F/table.tsv --column a,b --label score --method graded-pairs | graded-pairs",
        "--data F/table.tsv --column a,b --label kind --method supcon --projector 16-8 | supcon",
        "--data F/table.tsv --column a --label kind --method supcon --projector 16-8 | supcon",
        "--data F/table.tsv --column a,b,c --method triplet-contrast | triplet-contrast",
        "--data F/table.tsv --column a,b,c --method simcse | simcse",
        "--data F/table.tsv --column a,b --corpus F/lines.txt | simcse",
        "--data F/table.tsv --column a --views surroundings --rate 2 --repeats 1 | simcse",
        "--data F/documents --documents pairs --method pair-contrast | pair-contrast",
        "--data F/documents --documents whole | simcse",
        "--data F/documents --documents sentences --views shuffle,deletion --rate 9,0.2 | simcse",
        "--data F/table.tsv --column a --method tsdae --heads 2 --decoder-depth 2 T | tsdae",
        "--data F/table.tsv --column a --method tsdae --masked-weight 0.2 T | masked-tokens",
        "--data F/table.tsv --column a,b --masked-weight 1 --masked-rate 0.3 T | masked-tokens",
        "--data F/table.tsv --column a --views shuffle+deletion,mask T | simcse",
      })
  void trainsAndSaysWhatItTrained(String options, String method) throws IOException {
    Path out = Files.createTempDirectory(folder, "runs").resolve("run");

    Command trained = pretrain(out, options).succeeded();

    assertThat(trained.lastLine()).isEqualTo("encoder " + out.resolve("encoder"));
    assertThat(config(out, "method")).containsEntry("name", method);
    assertThat(Command.run("resume", out).succeeded().out()).contains("finished already");
  }

  @Test
  void whatIsNotGivenIsSettledInTheConfiguration() {
    Path denoised = folder.resolve("denoised");
    pretrain(denoised, "--data F/table.tsv --column a --method tsdae --masked-weight 0.2 T")
        .succeeded();
    assertThat(options(denoised))
        .containsEntry("views", "deletion,same")
        .containsEntry("rate", List.of(0.6))
        .containsEntry("masked-weight", 0.2)
        .containsEntry("masked-rate", 0.15);
    Path single = folder.resolve("single");
    pretrain(single, "--data F/table.tsv --column a").succeeded();
    assertThat(options(single))
        .containsEntry("views", "surroundings")
        .containsEntry("fixed", 12)
        .containsEntry("temperature", 0.03);
    Path spans = folder.resolve("spans");
    pretrain(spans, "--data F/documents --documents whole --length 40").succeeded();
    assertThat(options(spans))
        .containsEntry("documents", "whole")
        .containsEntry("views", "span")
        .containsEntry("room", 160);
    assertThat(config(spans, "data")).containsEntry("size", 20);
    Path graded = folder.resolve("graded");
    pretrain(graded, "--data F/table.tsv --column a,b --label score --method graded-pairs")
        .succeeded();
    assertThat(options(graded)).containsEntry("label", "score");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "F/table.tsv --column a,b --method graded-pairs | --method graded-pairs needs labels; give"
            + " --label with a column of a .tsv or .jsonl table",
        "F/table.tsv --column a,b --label score | --label is for a method that needs labels, but"
            + " --method is simcse; leave one out",
        "F/table.tsv --label score --method graded-pairs | --label is beside a table's texts; give"
            + " --column with theirs too",
        "F/table.tsv --column a --label score --method graded-pairs | --method graded-pairs is for"
            + " examples of 2 texts, but these have 1; give a table, and --column with as many names",
        "F/table.tsv --column a,b --method triplet-contrast | --method triplet-contrast is for"
            + " examples of 3 texts, but these have 2; give a table, and --column with as many names",
        "F/table.tsv --column a,b --method tsdae T | --method tsdae is for examples of 1 texts, but"
            + " these have 2; give a table, and --column with as many names",
        "F/table.tsv --column a --method tsdae | --method tsdae needs the vectors of a text's pieces,"
            + " which --encoder static does not make; give --encoder transformer",
        "F/table.tsv --column a --method tsdae --views deletion T | --views must be a change and same"
            + " for --method tsdae, such as deletion,same, was deletion",
        "F/table.tsv --column a --method tsdae --views mask,deletion T | --views must be a change and"
            + " same for --method tsdae, such as deletion,same, was mask,deletion",
        "F/table.tsv --column a --method tsdae --decoder-depth 0 T | depth must be >= 1, was 0",
        "F/table.tsv --column a --decoder-depth 2 | --decoder-depth is not an option of method simcse;"
            + " leave it out",
        "F/table.tsv --column a --masked-weight 0.1 | --masked-weight is for --encoder transformer, not"
            + " static; leave it out",
        "F/table.tsv --column a --masked-rate 0.1 T | --masked-rate is for --masked-weight; give that"
            + " too, or leave it out",
        "F/table.tsv --column a --masked-weight -1 T | weight must be finite and >= 0, was -1.0",
        "F/table.tsv --column a --masked-weight 1 --masked-rate 2 T | rate must be in (0, 1], was 2.0",
        "F/table.tsv --column a --views deletion,same,same | --views must be one for both views, or two"
            + " with a comma between them, was deletion,same,same",
        "F/table.tsv --column a --views deletion+ | unknown views \"\"; known: same, deletion, span,"
            + " repetition, shuffle, mask, surroundings",
        "F/table.tsv --column a --views surroundings,deletion | --views surroundings,deletion: what"
            + " makes both views together stands alone; leave the others out",
        "F/table.tsv --column a --views surroundings --rate 1.5 | --rate must be a whole number of"
            + " words for --views surroundings, was 1.5",
        "F/table.tsv --column a --views surroundings --rate 0 | width must be >= 1, was 0",
        "F/table.tsv --column a --repeats 2 | repeats must be in [0, 1], was 2.0",
        "F/table.tsv --column a --views shuffle,deletion --rate 0.2 | --rate must be 2 numbers with"
            + " commas between them, for shuffle,deletion (1000.0,0.3 unless given), was 0.2",
        "F/table.tsv --column a --views same --rate 0.2 | --rate is for views that are changed, but"
            + " these are as they are; leave it out",
        "F/table.tsv --column a --documents whole | --documents is for a folder of .txt files, --column"
            + " for a table; leave one out",
        "F/lines.txt --documents pairs | --documents is for a folder of .txt files, but --data is"
            + " F/lines.txt; leave it out",
        "F/documents --room 3 | room must be >= the length, 512, was 3",
      })
  void whatDoesNotFitIsToldInOneLine(String options, String message) {
    Command refused = pretrain(folder.resolve("never"), "--data " + options);

    assertThat(refused.err().strip()).isEqualTo("kindred: " + message.replace("F/", folder + "/"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "--label score --method graded-pairs | line 4: score must be a finite number, is \"nan?\"; mend the line",
        "--label grade --method graded-pairs | line 1: unknown column \"grade\"; known: kind, score,"
            + " a, b, c",
        "--label kind --method supcon | line 6: has no kind, which --method supcon needs of every"
            + " example; fill it in or remove the line",
      })
  void aBadLabelIsNamedByFileAndLine(String options, String rule) {
    Command refused = pretrain(folder.resolve("never"), "--data F/bad.tsv --column a,b " + options);

    assertThat(refused.err().strip())
        .isEqualTo("kindred: " + folder.resolve("bad.tsv") + ": " + rule);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  /** {@code F} is the folder, {@code T} a small transformer. */
  private static Command pretrain(Path out, String options) {
    List<Object> all = new ArrayList<>(List.of("pretrain", "text", "--out", out));
    all.addAll(List.of("--dimension", 16, "--batch-size", 10));
    String given = options.replace("F/", folder + "/").replaceAll(" T$", TRANSFORMER);
    all.addAll(List.of(given.split(" ")));
    return Command.run(all.toArray());
  }

  private static Map<String, Object> config(Path run, String key) {
    return member(Json.read(run.resolve("config.json")), key);
  }

  private static Map<String, Object> options(Path run) {
    return member(config(run, "origin"), "options");
  }

  @SuppressWarnings("unchecked") // as the file says
  private static Map<String, Object> member(Map<String, Object> map, String key) {
    return (Map<String, Object>) Objects.requireNonNull(map.get(key), key);
  }
}
