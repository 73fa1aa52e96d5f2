package dev.kindred.cli;

import dev.kindred.runtime.Names;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The optional word that says what kind of example a command is about. */
final class DomainParameter {
  private static final List<String> DOMAINS = List.of("images");

  @Parameters(
      arity = "0..1",
      paramLabel = "DOMAIN",
      defaultValue = "images",
      description = "What is worked on: images, which may be left out.")
  private String domain;

  /**
   * Checks the word.
   *
   * @throws IllegalArgumentException if it is no domain
   */
  void require() {
    if (!DOMAINS.contains(domain)) {
      throw new IllegalArgumentException(Names.unknown("domain", domain, DOMAINS));
    }
  }
}
