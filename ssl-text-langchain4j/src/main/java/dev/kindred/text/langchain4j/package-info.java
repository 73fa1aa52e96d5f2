/**
 * Sentence encoders in LangChain4j: {@link dev.kindred.text.langchain4j.KindredEmbeddingModel}.
 *
 * <pre>{@code
 * try (KindredEmbeddingModel model = KindredEmbeddingModel.load(Path.of("runs/text/encoder"))) {
 *   EmbeddingStoreIngestor.builder()
 *       .embeddingModel(model)
 *       .embeddingStore(store)
 *       .build()
 *       .ingest(documents);
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.text.langchain4j;

import org.jspecify.annotations.NullMarked;
