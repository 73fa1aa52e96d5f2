package dev.kindred.cli;

import dev.kindred.runtime.Names;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The optional word that says what kind of example a command is about. */
final class DomainParameter {
  static final String IMAGES = "images";
  static final String TEXT = "text";
  static final String RL = "rl";

  private static final List<String> DOMAINS = List.of(IMAGES, TEXT, RL);

  @Parameters(
      arity = "0..1",
      paramLabel = "DOMAIN",
      defaultValue = IMAGES,
      description = "What is worked on: images (which may be left out), text or rl.")
  private String domain;

  /**
   * The word.
   *
   * @throws IllegalArgumentException if it is no domain
   */
  String require() {
    if (!DOMAINS.contains(domain)) {
      throw new IllegalArgumentException(Names.unknown("domain", domain, DOMAINS));
    }
    return domain;
  }
}
