package dev.kindred.cli;

import picocli.CommandLine.Command;

/** Trains an encoder. */
@Command(
    name = "pretrain",
    description = "Train an encoder on unlabelled data.",
    synopsisSubcommandLabel = "DOMAIN",
    subcommands = {PretrainImages.class, PretrainText.class, PretrainRl.class})
final class PretrainCommand {}
