package dev.kindred.benchmarks.peers;

import dev.kindred.benchmarks.Contestant;
import dev.kindred.benchmarks.EmbeddedSentences;
import dev.kindred.benchmarks.Machine;
import dev.kindred.benchmarks.Program;
import dev.kindred.benchmarks.Race;
import dev.kindred.benchmarks.SentenceModel;
import dev.kindred.benchmarks.SpeltSentences;
import dev.kindred.benchmarks.TransformerShape;
import dev.kindred.embedding.Embedder;
import dev.kindred.runtime.Require;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TextExample;
import dev.kindred.text.tokenizer.Encoding;
import dev.kindred.text.tokenizer.WordPiece;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What embedding sentences costs in Kindred and in DJL: one transformer, saved and loaded, from
 * pieces that are ready ({@code kindred}) and from texts ({@code embedder}); the same of DJL's
 * blocks ({@code djl}); and the nearest that DJL has ready-made ({@code djl-bert}).
 */
@Command(name = "sentences")
public final class SentenceRace implements Runnable {
  @Option(names = "--batch", paramLabel = "SENTENCES")
  private int batch = 32;

  @Option(names = "--length", paramLabel = "PIECES")
  private int length = 32;

  @Option(names = "--vocabulary", paramLabel = "PIECES")
  private int vocabulary = 30_522;

  @Option(names = "--depth", paramLabel = "BLOCKS")
  private int depth = 6;

  @Option(names = "--batches", paramLabel = "BATCHES_A_ROUND")
  private int batches = 16;

  @Option(names = "--rounds")
  private int rounds = 7;

  private final PrintStream out = System.out;

  private SentenceRace() {}

  /** Runs the race; wrong arguments print the usage. */
  public static void main(String... arguments) {
    System.exit(Program.execute(new SentenceRace(), arguments));
  }

  @Override
  public void run() {
    Require.atLeastOne("--batch", batch);
    Require.atLeastOne("--batches", batches);
    Require.atLeastOne("--depth", depth);
    Require.atLeastOne("--rounds", rounds);
    SpeltSentences spelt = new SpeltSentences(vocabulary, length);
    TransformerShape shape = TransformerShape.small(depth, length);
    out.println(Machine.describe() + "; " + DjlEngine.describe());
    out.printf(
        Locale.ROOT,
        "%s, vocabulary of %d, batches of %d, %d a round; %.2f GFLOP a batch%n",
        shape,
        vocabulary,
        batch,
        batches,
        batch * shape.operations() * 1e-9);
    race(shape, spelt);
  }

  private void race(TransformerShape shape, SpeltSentences spelt) {
    WordPiece tokenizer = spelt.tokenizer();
    List<String> texts = spelt.texts(batch * batches, 0);
    List<TextExample> examples = texts.stream().map(TextExample::of).toList();
    List<Encoding> pieces = texts.stream().map(tokenizer::encode).toList();
    try (SentenceModel model = SentenceModel.save(shape, tokenizer);
        Embedder<TextExample> ready = model.ofPieces(texts);
        SentenceEmbedder embedder = model.embedder();
        DjlSentences same =
            new DjlSentences("djl", new DjlTransformer(shape, vocabulary), pieces, batch);
        DjlSentences bert =
            new DjlSentences("djl-bert", new DjlBert(shape, vocabulary), pieces, batch)) {
      List<Contestant> contestants =
          List.of(
              new EmbeddedSentences("kindred", ready, examples, batch),
              same,
              bert,
              new EmbeddedSentences("embedder", embedder, examples, batch));
      new Race("sentences/s", contestants, rounds).run(out);
    }
  }
}
