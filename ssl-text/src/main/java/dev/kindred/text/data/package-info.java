/**
 * Corpora: files of sentences, folders of documents and tables, all opened by {@link
 * dev.kindred.text.data.TextSources#open}; and {@link dev.kindred.text.data.StsFile}, pairs of
 * sentences with scores, to measure by.
 *
 * <pre>{@code
 * try (Dataset<TextExample> sentences = TextSources.open("wiki.txt.gz", Columns.none())) {
 *   TextExample first = sentences.get(0);
 * }
 * Dataset<TextExample> triplets =
 *     TextSources.open("snli.tsv", Columns.of("anchor", "positive", "negative"));
 *
 * // The transfer tasks are tables with labels: MR, CR, SUBJ and SST-2, then TREC, then MRPC.
 * Dataset<TextExample> reviews = TextSources.open("MR.tsv", Columns.of("sentence").labelled("label"));
 * Dataset<TextExample> questions = TextSources.open("TREC.tsv", Columns.of("sentence").labelled("coarse"));
 * Dataset<TextExample> paraphrases =
 *     TextSources.open("MRPC.tsv", Columns.of("sentence1", "sentence2").labelled("label"));
 * }</pre>
 */
@NullMarked
package dev.kindred.text.data;

import org.jspecify.annotations.NullMarked;
