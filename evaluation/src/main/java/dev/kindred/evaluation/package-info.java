/**
 * What a representation is worth, measured on frozen {@linkplain dev.kindred.embedding.Embeddings
 * embeddings}: whatever made them, images, sentences or observations.
 *
 * <p>{@link dev.kindred.evaluation.Knn} asks whether neighbours share a class and trains nothing;
 * {@link dev.kindred.evaluation.LinearProbe} asks whether a linear classifier can tell the classes
 * apart. Both give a {@link dev.kindred.evaluation.Classification}. {@link
 * dev.kindred.evaluation.OnlineKnn} does the first while an encoder is being trained. {@link
 * dev.kindred.evaluation.Transfer} chooses the classifier's strength by validation, over fixed
 * splits or folds, for single examples and, by {@link dev.kindred.evaluation.PairFeatures}, for
 * pairs. Classes are one and the same when their names are. {@link
 * dev.kindred.evaluation.PairSimilarity} asks whether cosines follow the similarities that people
 * gave to pairs, {@link dev.kindred.evaluation.Retrieval} whether what belongs to a query is found
 * among other rows, of its class or told by {@link dev.kindred.evaluation.Relevance}. {@link
 * dev.kindred.evaluation.KMeans} groups rows, and {@link dev.kindred.evaluation.ClusterAgreement}
 * asks whether the groups are the classes. {@link dev.kindred.evaluation.Quality} and {@link
 * dev.kindred.evaluation.ViewAgreement} need no labels. {@link dev.kindred.evaluation.SetCheck}
 * says when a number means less than it seems.
 *
 * <p>{@link dev.kindred.evaluation.VectorIndex} is what finds the nearest: {@link
 * dev.kindred.evaluation.ExactSearch} in memory, {@link dev.kindred.evaluation.HnswIndex} on the
 * disk, approximately; {@link dev.kindred.evaluation.HnswComparison} tells them apart.
 *
 * <pre>{@code
 * Embeddings bank = EmbeddingFiles.read(Path.of("train.npy"));
 * Embeddings queries = EmbeddingFiles.read(Path.of("test.npy"));
 * double knn = Knn.defaults().evaluate(bank, queries).accuracy();
 * double linear = LinearProbe.logistic().evaluate(bank, queries).accuracy();
 * Map<String, Object> json = Knn.dino().evaluate(bank, queries).toMap();
 * double transfer = Transfer.defaults(0).crossValidate(bank).accuracy();
 * double spearman = PairSimilarity.of(embedder, pairs).all().spearman();
 * double found = Retrieval.of(queries, bank, Relevance.sameClass()).mean(RetrievalMetric.MAP);
 * double nmi = ClusterAgreement.of(KMeans.of(10).cluster(bank), bank).nmi();
 * double uniformity = Quality.of(bank).uniformity();
 * }</pre>
 */
@NullMarked
package dev.kindred.evaluation;

import org.jspecify.annotations.NullMarked;
