package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunNamesTest {
  @Test
  void areTheFolders() {
    assertThat(names("runs/a", "runs/b/", "runs/c/../d")).containsExactly("a", "b", "d");
  }

  @Test
  void haveTheFolderAroundThemWhereTwoAreCalledAlike() {
    assertThat(names("x/run", "y/run", "z/other")).containsExactly("x/run", "y/run", "other");
  }

  @Test
  void haveANumberWhereNothingElseTellsThemApart() {
    assertThat(names("p/x/run", "q/x/run", "p/x/run"))
        .containsExactly("x/run", "x/run (2)", "x/run (3)");
  }

  private static List<String> names(String... paths) {
    return RunNames.of(Stream.of(paths).map(Path::of).toList());
  }
}
