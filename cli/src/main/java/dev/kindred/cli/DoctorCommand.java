package dev.kindred.cli;

import dev.kindred.runtime.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what there is to work with. */
@Command(
    name = "doctor",
    description = "Show versions, devices and room, what is wrong with them and how to mend it.")
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with the findings as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Diagnosis diagnosis = Diagnosis.make();
    print(diagnosis);
    return diagnosis.problems().isEmpty() ? 0 : Failures.FAILED;
  }

  private void print(Diagnosis diagnosis) {
    PrintWriter out = spec.commandLine().getOut();
    diagnosis.facts().forEach((name, value) -> out.println("%-12s %s".formatted(name, value)));
    diagnosis.hints().forEach(hint -> out.println("hint: " + hint));
    diagnosis.problems().forEach(problem -> out.println("problem: " + problem));
    if (diagnosis.problems().isEmpty()) {
      out.println("all is well");
    }
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>(diagnosis.facts());
      line.put("hints", diagnosis.hints());
      line.put("problems", diagnosis.problems());
      line.put("ok", diagnosis.problems().equals(List.of()));
      out.println(Json.line(line));
    }
  }
}
