package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.runtime.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "pretrain",
        "pretrain images",
        "pretrain rl",
        "play",
        "record",
        "resume",
        "embed",
        "export",
        "evaluate",
        "evaluate knn",
        "evaluate linear",
        "evaluate few-shot",
        "evaluate fine-tune",
        "evaluate sts",
        "evaluate transfer",
        "evaluate retrieval",
        "evaluate state",
        "evaluate clusters",
        "evaluate quality",
        "index",
        "search",
        "views",
        "plot",
        "report",
        "doctor",
        "methods",
        "losses",
        "encoders"
      })
  void everyCommandHasHelp(String command) {
    Command help = Command.run((Object[]) (command + " --help").strip().split(" ")).succeeded();

    assertThat(help.out()).startsWith("Usage: kindred").contains("--stacktrace");
  }

  @Test
  void aliasesAndVersionAnswer() {
    assertThat(Command.run("--version").succeeded().out()).startsWith("kindred ");
  }

  @Test
  void aCommandAloneAsksForMore() {
    assertThat(Command.run().exitCode()).isEqualTo(2);
    assertThat(Command.run().err())
        .startsWith("kindred: missing required subcommand")
        .hasLineCount(1);
    assertThat(Command.run("pretrain").exitCode()).isEqualTo(2);
  }

  @Test
  void whatThereIsComesWithItsPaper() {
    assertThat(Command.run("methods").succeeded().out())
        .contains("simclr  ", "byol  ", "supcon  ")
        .contains("arXiv:2002.05709");
    assertThat(Command.run("losses").succeeded().out()).contains("nt-xent", "arXiv:1807.03748");
    assertThat(Command.run("encoders").succeeded().out().lines()).hasSize(10);
  }

  @Test
  void doctorFindsTensorFlowAndSaysSoInJson() {
    Command doctor = Command.run("doctor", "--json").succeeded();

    Map<String, Object> found = Json.parse(doctor.lastLine());
    assertThat(found).containsEntry("ok", true).containsEntry("problems", List.of());
    assertThat(found.get("devices"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .contains("CPU:0");
    assertThat(found).containsKeys("java", "os", "cores", "memory", "disk", "tensorflow", "heap");
  }
}
