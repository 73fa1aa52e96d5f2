package dev.kindred.cli;

import picocli.CommandLine.Command;

/** Measures a representation. */
@Command(
    name = "evaluate",
    description = "Measure what an encoder's representations are worth.",
    synopsisSubcommandLabel = "MEASURE",
    subcommands = {
      EvaluateKnn.class,
      EvaluateLinear.class,
      EvaluateFewShot.class,
      EvaluateFineTune.class,
      EvaluateSts.class,
      EvaluateTransfer.class,
      EvaluateRetrieval.class,
      EvaluateClusters.class,
      EvaluateQuality.class,
      EvaluateState.class
    })
final class EvaluateCommand {}
