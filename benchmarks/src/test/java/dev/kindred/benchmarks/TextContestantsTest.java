package dev.kindred.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.data.Dataset;
import dev.kindred.embedding.Embedder;
import dev.kindred.text.SentenceEmbedder;
import dev.kindred.text.TextExample;
import dev.kindred.text.TextViews;
import dev.kindred.text.Tokens;
import dev.kindred.text.data.Columns;
import dev.kindred.text.data.TextSources;
import dev.kindred.text.tokenizer.Tokenizer;
import dev.kindred.text.tokenizer.WordPiece;
import dev.kindred.train.TrainingStep;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextContestantsTest {
  private static final SpeltSentences SPELT = new SpeltSentences(60, 8);
  private static final TransformerShape SHAPE = new TransformerShape(1, 12, 3, 8);
  private static final int BATCH = 4;

  private final WordPiece tokenizer = SPELT.tokenizer();
  private final List<String> texts = SPELT.texts(2 * BATCH, 0);

  @Test
  void piecesThatAreReadyGiveTheVectorsOfTheirTexts() {
    try (SentenceModel model = SentenceModel.save(SHAPE, tokenizer);
        Embedder<TextExample> ready = model.ofPieces(texts);
        SentenceEmbedder embedder = model.embedder()) {
      List<TextExample> examples = texts.stream().map(TextExample::of).toList();
      float[][] vectors = ready.embed(examples);

      for (int i = 0; i < vectors.length; i++) {
        assertThat(vectors[i]).containsExactly(embedder.embed(texts.get(i)), within(1e-5f));
      }
      assertThat(new EmbeddedSentences("ready", ready, examples, 3).measure()).isPositive();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ready.embed(List.of(TextExample.of("other"))))
          .withMessage("not one of the texts that were cut: other");
    }
  }

  @Test
  void aModelLeavesNothingBehind() {
    SentenceModel model = SentenceModel.save(SHAPE, tokenizer);
    assertThat(model.folder()).isNotEmptyDirectory();

    model.close();

    assertThat(Files.exists(model.folder().getParent())).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aTrainingRunsWholeReadyAndPackedOnly(TextRecipe recipe) {
    try (Dataset<TextExample> data = TextSources.open("paraphrases:8", Columns.none())) {
      Tokenizer made =
          recipe.tokenizer(data.get(0).parts().stream().map(text -> text + " other words"));
      TextViews views = recipe.views(made);
      try (TrainingStep<TextExample, Tokens> step = recipe.step(views, made)) {
        assertThat(
                List.of(
                    new WholePipeline<>(data, views, step, TextRecipe::point, BATCH, 1),
                    new ReadyBatches<>(data, views, step, TextRecipe::point, BATCH, 1),
                    new Packing<>(data, views, BATCH, 1)))
            .allSatisfy(contestant -> assertThat(contestant.measure()).isPositive());
      }
    }
  }
}
