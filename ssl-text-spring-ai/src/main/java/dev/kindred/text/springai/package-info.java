/**
 * Sentence encoders in Spring AI: {@link dev.kindred.text.springai.KindredEmbeddingModel}, a bean
 * that Spring closes.
 *
 * <pre>{@code
 * @Bean
 * KindredEmbeddingModel embeddingModel() {
 *   return KindredEmbeddingModel.load(Path.of("runs/text/encoder"));
 * }
 *
 * @Bean
 * VectorStore vectorStore(EmbeddingModel model) {
 *   return SimpleVectorStore.builder(model).build();
 * }
 * }</pre>
 */
@NullMarked
package dev.kindred.text.springai;

import org.jspecify.annotations.NullMarked;
