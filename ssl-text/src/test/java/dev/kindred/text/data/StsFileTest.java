package dev.kindred.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.kindred.runtime.KindredException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StsFileTest {
  private static final String HEADER = "subset\tscore\tsentence1\tsentence2\n";

  private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
  private final Path file = memory.getPath("/sts.tsv");

  @AfterEach
  void close() throws IOException {
    memory.close();
  }

  @Test
  void readsPairsWithTheirScores() {
    write(HEADER + "MSRpar\t4.400\tA \"cat\".\tA dog.\r\n\nheads\t0\tOne.\tTwo.");
    assertThat(StsFile.read(file))
        .containsExactly(
            new SentencePair("MSRpar", 4.4, "A \"cat\".", "A dog."),
            new SentencePair("heads", 0, "One.", "Two."));
  }

  @Test
  void theSubsetMayBeCalledGenreOrFileOrBeMissing() {
    write("genre\tfile\tyear\tscore\tsentence1\tsentence2\nnews\tx\t2012\t1\tA\tB");
    assertThat(StsFile.read(file).get(0).subset()).isEqualTo("news");
    write("file\tsentence2\tsentence1\tscore\nx\tB\tA\t1");
    assertThat(StsFile.read(file)).containsExactly(new SentencePair("x", 1, "A", "B"));
    write("score\tsentence1\tsentence2\n1\tA\tB");
    assertThat(StsFile.read(file).get(0).subset()).isEmpty();
  }

  @Test
  void namesTheLineAndTheRule() {
    write(HEADER + "x\t1\tA\tB\nx\thigh\tA\tB");
    assertRefused("line 3: score must be a finite number, is \"high\"; mend the line");
    write(HEADER + "x\tNaN\tA\tB");
    assertRefused("line 2: score must be a finite number, is \"NaN\"; mend the line");
    write(HEADER + "x\t1\tA\n");
    assertRefused(
        "line 2: must have 4 values between tabs, one for each column of the header, has 3; mend the line");
    write(HEADER + "x\t1\t \tB\n");
    assertRefused("line 2: a sentence is empty; fill it in or remove the line");
    write("subset\tscore\tsentence_1\tsentence2\n");
    assertRefused(
        "line 1: unknown column \"sentence1\"; did you mean sentence_1? known: subset, score,"
            + " sentence_1, sentence2");
    write("");
    assertRefused(
        "line 1: ends before the header; give a table whose first line names its columns");
    write(HEADER);
    assertRefused("holds no pair of sentences; give another file");
  }

  @Test
  void sickIsReadAsItIsPublished() {
    write(
        "pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment\n"
            + "6\tA dog runs.\tA dog sits.\t3.3\tNEUTRAL\n");
    assertThat(StsFile.read(file))
        .containsExactly(new SentencePair("", 3.3, "A dog runs.", "A dog sits."));
  }

  @Test
  void ofAllOfSickTheTestPartIsRead() {
    String header =
        "pair_ID\tsentence_A\tsentence_B\tentailment_label\trelatedness_score\tSemEval_set\n";
    write(
        header + "1\tA\tB\tNEUTRAL\t4.5\tTRAIN\n2\tC\tD\tNEUTRAL\t1\tTEST\n3\tE\tF\tX\t2\tTRIAL\n");
    assertThat(StsFile.read(file)).containsExactly(new SentencePair("", 1, "C", "D"));
    write(header + "1\tA\tB\tNEUTRAL\t4.5\tTRAIN\n");
    assertRefused("holds no pair of sentences of the test part; give another file");
    write(header + "1\tA\tB\tNEUTRAL\t4.5\tdev\n");
    assertRefused("line 2: SemEval_set must be one of TRIAL, TRAIN, TEST, is \"dev\"");
  }

  @Test
  void sicksOwnNamesAreInWhatIsWrongWithIt() {
    write("pair_ID\tsentence_A\tsentence_B\n");
    assertRefused(
        "line 1: unknown column \"relatedness_score\"; known: pair_ID, sentence_A, sentence_B");
    write("sentence_A\tsentence_B\trelatedness_score\nA\tB\tinf\n");
    assertRefused("line 2: relatedness_score must be a finite number, is \"inf\"; mend the line");
    // A table with both has the columns of other sets.
    write("sentence_A\tsentence1\tsentence2\tscore\tSemEval_set\nX\tA\tB\t1\tTRAIN\n");
    assertThat(StsFile.read(file)).containsExactly(new SentencePair("", 1, "A", "B"));
  }

  @Test
  void refusesAMissingFile() {
    assertRefused("does not exist; check the path");
  }

  @Test
  void aScoreIsFinite() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SentencePair("x", Double.NaN, "A", "B"))
        .withMessage("score must be finite, was NaN");
  }

  private void write(String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertRefused(String rule) {
    assertThatThrownBy(() -> StsFile.read(file))
        .isInstanceOf(KindredException.class)
        .hasMessage(file + ": " + rule);
  }
}
