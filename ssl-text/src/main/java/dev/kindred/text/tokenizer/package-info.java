/**
 * Tokenizers: text to the numbered pieces that encoders have vectors for. {@link
 * dev.kindred.text.tokenizer.Tokenizers} reads one, {@link
 * dev.kindred.text.tokenizer.TokenizerTrainer} makes one from a corpus; both are {@link
 * dev.kindred.text.tokenizer.Tokenizer}s.
 *
 * <pre>{@code
 * Tokenizer bert = Tokenizers.read(Path.of("bert-base-uncased/tokenizer.json"));
 * int[] ids = bert.encode("The cat sat.").ids();          // [CLS] the cat sat . [SEP]
 *
 * try (Stream<String> sentences = Files.lines(Path.of("corpus.txt"))) {
 *   WordPiece own = TokenizerTrainer.of(30_000).wordPiece(sentences, true);
 *   own.write(Path.of("encoder", Tokenizer.FILE));        // Hugging Face's libraries read it too
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.text.tokenizer;

import org.jspecify.annotations.NullMarked;
