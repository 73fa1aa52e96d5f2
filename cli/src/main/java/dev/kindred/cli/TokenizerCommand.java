package dev.kindred.cli;

import picocli.CommandLine.Command;

/** Makes tokenizers. */
@Command(
    name = "tokenizer",
    description = "Make a tokenizer of a corpus.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = TokenizerTrain.class)
final class TokenizerCommand {}
